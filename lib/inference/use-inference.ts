"use client";

import { useCallback, useEffect, useReducer, useRef } from "react";
import type { Manifest } from "../../engine/release/manifest.ts";
import { countSent } from "../privacy/sent.ts";
import { type InferenceClient, openInference } from "./client.ts";
import { parseSwitches } from "./devices.ts";
import type { Answer, ModelState, Problem, Report } from "./protocol.ts";

/** Where the latest picture stands. */
export type PictureState =
  | { readonly phase: "none" }
  | { readonly phase: "working" }
  | { readonly phase: "answered"; readonly answer: Answer }
  | { readonly phase: "failed"; readonly problem: Problem };

export interface Inference {
  readonly model: ModelState;
  readonly picture: PictureState;
  readonly classify: (picture: Blob, name: string) => void;
  readonly pause: () => void;
  readonly resume: () => void;
}

type State = Pick<Inference, "model" | "picture"> & { readonly id: number };

type Action =
  | Exclude<Report, { kind: "sent" }>
  | { readonly kind: "opened"; readonly total: number }
  | { readonly kind: "asked"; readonly id: number };

/**
 * A release in a worker of its own, for as long as the component lives. With another manifest the worker is
 * replaced, and the latest picture goes to the new one.
 */
export function useInference(manifest: Manifest): Inference {
  const [state, dispatch] = useReducer(next, manifest, opening);
  const client = useRef<InferenceClient>(undefined);
  const latest = useRef<{ picture: Blob; name: string }>(undefined);

  const ask = useCallback(() => {
    if (client.current === undefined || latest.current === undefined) return;
    const { picture, name } = latest.current;
    dispatch({ kind: "asked", id: client.current.classify(picture, name) });
  }, []);

  useEffect(() => {
    dispatch({ kind: "opened", total: releaseBytes(manifest) });
    const opened = openInference(manifest, parseSwitches(location.search), (report) => {
      if (report.kind === "sent") countSent(report.bytes);
      else dispatch(report);
    });
    client.current = opened;
    ask();
    return () => {
      client.current = undefined;
      opened.close();
    };
  }, [manifest, ask]);

  const classify = useCallback(
    (picture: Blob, name: string) => {
      latest.current = { picture, name };
      ask();
    },
    [ask],
  );
  const pause = useCallback(() => client.current?.pause(), []);
  const resume = useCallback(() => client.current?.resume(), []);
  return { model: state.model, picture: state.picture, classify, pause, resume };
}

/** What has to be downloaded for a release, in bytes: the graph for WASM and the weights. */
export function releaseBytes(manifest: Manifest): number {
  return manifest.graphs.wasm.bytes + manifest.weights.bytes;
}

function opening(manifest: Manifest): State {
  return {
    model: { phase: "loading", received: 0, total: releaseBytes(manifest) },
    picture: { phase: "none" },
    id: 0,
  };
}

function next(state: State, action: Action): State {
  switch (action.kind) {
    case "opened":
      return { ...state, model: { phase: "loading", received: 0, total: action.total } };
    case "model":
      return { ...state, model: action.state };
    case "asked":
      return { ...state, picture: { phase: "working" }, id: action.id };
    case "answer":
      if (action.id !== state.id) return state;
      return { ...state, picture: { phase: "answered", answer: action.answer } };
    case "problem":
      if (action.id !== state.id) return state;
      return { ...state, picture: { phase: "failed", problem: action.problem } };
  }
}
