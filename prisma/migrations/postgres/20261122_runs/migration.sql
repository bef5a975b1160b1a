BEGIN;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Run" (
    "id" TEXT NOT NULL,
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
    "started" TIMESTAMP(3) NOT NULL,
    "heard" TIMESTAMP(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "bestEpoch" INTEGER,
    "bestTop1" DOUBLE PRECISION,
    "itemsPerSecond" DOUBLE PRECISION,
    "peakMemory" INTEGER,

    CONSTRAINT "Run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Epoch" (
    "runId" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "size" INTEGER,
    "loss" DOUBLE PRECISION NOT NULL,
    "rate" DOUBLE PRECISION NOT NULL,
    "valTop1" DOUBLE PRECISION NOT NULL,
    "valMacroF1" DOUBLE PRECISION NOT NULL,
    "valLoss" DOUBLE PRECISION NOT NULL,
    "itemsPerSecond" DOUBLE PRECISION NOT NULL,
    "seconds" DOUBLE PRECISION NOT NULL,
    "peakMemory" INTEGER NOT NULL,
    "best" BOOLEAN NOT NULL,

    CONSTRAINT "Epoch_pkey" PRIMARY KEY ("runId","epoch")
);

-- CreateTable
CREATE TABLE "Deed" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" TEXT,

    CONSTRAINT "Deed_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Run_started_idx" ON "Run"("started");

-- CreateIndex
CREATE INDEX "Deed_at_idx" ON "Deed"("at");

-- AddForeignKey
ALTER TABLE "Epoch" ADD CONSTRAINT "Epoch_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

COMMIT;
