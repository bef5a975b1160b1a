BEGIN;

-- CreateTable
CREATE TABLE "Correction" (
    "id" SERIAL NOT NULL,
    "task" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "answered" TEXT,
    "probability" DOUBLE PRECISION,
    "said" TEXT,
    "sent" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "accepted" TEXT,
    "reviewed" TIMESTAMP(3),

    CONSTRAINT "Correction_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Correction_task_sha256_key" ON "Correction"("task", "sha256");

-- CreateIndex
CREATE INDEX "Correction_state_id_idx" ON "Correction"("state", "id");

COMMIT;
