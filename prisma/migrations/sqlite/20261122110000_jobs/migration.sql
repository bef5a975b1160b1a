BEGIN;

-- CreateTable
CREATE TABLE "Job" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "task" TEXT NOT NULL,
    "words" JSONB NOT NULL,
    "folder" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "asked" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started" DATETIME,
    "host" TEXT,
    "pid" INTEGER,
    "stop" BOOLEAN NOT NULL DEFAULT false
);

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "holder" TEXT NOT NULL,
    "until" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "Job_state_asked_idx" ON "Job"("state", "asked");

COMMIT;
