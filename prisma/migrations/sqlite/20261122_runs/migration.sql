BEGIN;

-- CreateTable
CREATE TABLE "Run" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "folder" TEXT NOT NULL,
    "task" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "data" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "init" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "threads" INTEGER NOT NULL,
    "command" TEXT NOT NULL,
    "version" TEXT,
    "machine" JSONB,
    "started" DATETIME NOT NULL,
    "heard" DATETIME NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "bestEpoch" INTEGER,
    "bestTop1" REAL,
    "itemsPerSecond" REAL,
    "peakMemory" INTEGER
);

-- CreateTable
CREATE TABLE "Epoch" (
    "runId" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "size" INTEGER,
    "loss" REAL NOT NULL,
    "rate" REAL NOT NULL,
    "valTop1" REAL NOT NULL,
    "valMacroF1" REAL NOT NULL,
    "valLoss" REAL NOT NULL,
    "itemsPerSecond" REAL NOT NULL,
    "seconds" REAL NOT NULL,
    "peakMemory" INTEGER NOT NULL,
    "best" BOOLEAN NOT NULL,

    PRIMARY KEY ("runId", "epoch"),
    CONSTRAINT "Epoch_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Deed" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" TEXT
);

-- CreateIndex
CREATE INDEX "Run_started_idx" ON "Run"("started");

-- CreateIndex
CREATE INDEX "Deed_at_idx" ON "Deed"("at");

COMMIT;
