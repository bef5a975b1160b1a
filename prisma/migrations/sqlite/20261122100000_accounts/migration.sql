BEGIN;

-- AlterTable
ALTER TABLE "Deed" ADD COLUMN "address" TEXT;
ALTER TABLE "Deed" ADD COLUMN "who" TEXT;

-- CreateTable
CREATE TABLE "Owner" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "setupHash" TEXT,
    "password" TEXT
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "hash" TEXT NOT NULL,
    "oldHash" TEXT,
    "started" DATETIME NOT NULL,
    "seen" DATETIME NOT NULL,
    "rotated" DATETIME NOT NULL,
    "confirmed" DATETIME
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "made" DATETIME NOT NULL,
    "used" DATETIME
);

-- CreateTable
CREATE TABLE "Attempt" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "points" INTEGER NOT NULL,
    "expire" DATETIME
);

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_hash_key" ON "ApiKey"("hash");

COMMIT;
