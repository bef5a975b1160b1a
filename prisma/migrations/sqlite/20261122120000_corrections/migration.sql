BEGIN;

-- CreateTable
CREATE TABLE "Correction" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "task" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "answered" TEXT,
    "probability" REAL,
    "said" TEXT,
    "sent" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "accepted" TEXT,
    "reviewed" DATETIME
);

-- CreateIndex
CREATE UNIQUE INDEX "Correction_task_sha256_key" ON "Correction"("task", "sha256");

-- CreateIndex
CREATE INDEX "Correction_state_id_idx" ON "Correction"("state", "id");

COMMIT;
