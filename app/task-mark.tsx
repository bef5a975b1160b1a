import type { ReactNode } from "react";

/** A line drawing per task; tasks that somebody trained themselves share the shell's layers. */
const drawings: Readonly<Record<string, ReactNode>> = {
  instruments: (
    <g transform="translate(36 43) rotate(34)">
      <path d="M-2.600-14.500C-8-15-12.500-12-12.500-6.500-12.500-2-9.500 0-9.500 5c0 6-7.500 8.500-7.500 16.500C-17 29.500-10.500 34 0 34s17-4.500 17-12.500C17 13.500 9.500 11 9.500 5c0-5 3-7 3-11.500 0-5.500-4.500-8.500-9.900-8" />
      <circle cy="2.500" r="5" />
      <path d="M-6.500 21.500h13" />
      <path strokeWidth="0.7" d="M-.9 21.500v-56M.9 21.500v-56" />
      <path d="M-2.600-.700v-34l-1.200-2.100.5-8h6.600l.5 8-1.200 2.100v34" />
      <path d="M-2.600-34.700h5.200M-6-38.500h2M-6-42.500h2M4-38.500h2M4-42.500h2" />
    </g>
  ),
};

const shell = (
  <>
    <path d="M40 68C20 68 10 54 10 40a30 30 0 0 1 60 0c0 9-5.500 15.500-13.500 15.500" />
    <path d="M40 56c-12 0-18-8-18-16.500a18 18 0 0 1 36 0c0 3.500-1.800 6-5 6" />
    <path d="M40 45.500c-4.500 0-7-2.800-7-6.500a7 7 0 0 1 14 0" />
  </>
);

/** The mark of a task, or of the site, 80 × 80, in the colour of the text around it. */
export function TaskMark({ task = "" }: { readonly task?: string }) {
  return (
    <svg
      aria-hidden="true"
      width={80}
      height={80}
      viewBox="0 0 80 80"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {drawings[task] ?? shell}
    </svg>
  );
}
