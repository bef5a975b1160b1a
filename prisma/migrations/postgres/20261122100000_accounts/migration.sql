BEGIN;

-- AlterTable
ALTER TABLE "Deed" ADD COLUMN     "address" TEXT,
ADD COLUMN     "who" TEXT;

-- CreateTable
CREATE TABLE "Owner" (
    "id" INTEGER NOT NULL,
    "setupHash" TEXT,
    "password" TEXT,

    CONSTRAINT "Owner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "oldHash" TEXT,
    "started" TIMESTAMP(3) NOT NULL,
    "seen" TIMESTAMP(3) NOT NULL,
    "rotated" TIMESTAMP(3) NOT NULL,
    "confirmed" TIMESTAMP(3),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "made" TIMESTAMP(3) NOT NULL,
    "used" TIMESTAMP(3),

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Attempt" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "expire" TIMESTAMP(3),

    CONSTRAINT "Attempt_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_hash_key" ON "ApiKey"("hash");

COMMIT;
