"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Pace } from "../../../../lib/batch/pace.ts";
import { type TextClient, TextTaskError } from "../../../../lib/inference/text-client.ts";
import type { TextProblem } from "../../../../lib/inference/text-protocol.ts";
import type { RowCounts } from "../../../../lib/text/answered-rows.ts";
import type { Outline } from "../../../../lib/text/outline.ts";

/** Where the texts are in a table. */
export interface TableChoice {
  readonly column: number;
  /** Whether the first row names the columns. */
  readonly header: boolean;
}

/** A table on its way to its answers. */
export interface Table {
  /** What is in it; undefined while it is opened, or where it cannot be. */
  readonly outline: Outline | undefined;
  /** What came in the way. */
  readonly problem: TextProblem | undefined;
  /** What was chosen when the reading began; undefined before. */
  readonly choice: TableChoice | undefined;
  /** How many rows are answered, of each kind. */
  readonly counts: RowCounts | undefined;
  /** How many rows there are to answer. */
  readonly total: number;
  readonly running: boolean;
  /** Undefined while too little is done to tell. */
  readonly pace: Pace | undefined;
  readonly start: (choice: TableChoice) => void;
  readonly stop: () => void;
  readonly goOn: () => void;
  /** Back to the choice of the column; what is answered is forgotten. */
  readonly chooseAgain: () => void;
}

/** So long the work must go on before its pace says something, in ms. */
const settling = 1500;

/** Opens a table in the worker and has its rows answered there; only what is counted comes here. */
export function useTable(client: TextClient | undefined, file: File): Table {
  const [outline, setOutline] = useState<Outline>();
  const [problem, setProblem] = useState<TextProblem>();
  const [choice, setChoice] = useState<TableChoice>();
  const [counts, setCounts] = useState<RowCounts>();
  const [running, setRunning] = useState(false);
  const [pace, setPace] = useState<Pace>();
  const work = useRef<AbortController>(undefined);

  const forget = useCallback(() => {
    work.current?.abort();
    setChoice(undefined);
    setCounts(undefined);
    setRunning(false);
    setPace(undefined);
  }, []);

  useEffect(() => {
    setOutline(undefined);
    setProblem(undefined);
    forget();
    if (client === undefined) return;
    const controller = new AbortController();
    client.ask("openTable", { file }, { signal: controller.signal }).then(setOutline, (error) => {
      if (error instanceof TextTaskError) setProblem(error.problem);
    });
    return () => {
      controller.abort();
      work.current?.abort();
    };
  }, [client, file, forget]);

  const total = (outline?.rows ?? 0) - (choice?.header ? 1 : 0);

  function answer(chosen: TableChoice, goOn: boolean): void {
    if (client === undefined || outline === undefined) return;
    const controller = new AbortController();
    work.current = controller;
    const all = outline.rows - (chosen.header ? 1 : 0);
    const before = goOn ? (counts?.all ?? 0) : 0;
    let begun: number | undefined;
    setRunning(true);
    setPace(undefined);
    const onPart = (part: RowCounts) => {
      setCounts(part);
      begun ??= performance.now(); // waiting for the model is no pace
      const spent = performance.now() - begun;
      if (spent < settling) return;
      const perSecond = ((part.all - before) * 1000) / spent;
      setPace({ perSecond, secondsLeft: (all - part.all) / perSecond });
    };
    client.ask("answerRows", { ...chosen, goOn }, { signal: controller.signal, onPart }).then(
      (done) => {
        setCounts(done);
        setRunning(false);
      },
      (error) => {
        if (error instanceof TextTaskError) setProblem(error.problem);
      },
    );
  }

  return {
    outline,
    problem,
    choice,
    counts,
    total,
    running,
    pace,
    start(chosen) {
      setChoice(chosen);
      answer(chosen, false);
    },
    stop() {
      work.current?.abort();
      setRunning(false);
    },
    goOn: () => choice && answer(choice, true),
    chooseAgain: forget,
  };
}
