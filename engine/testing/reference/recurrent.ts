import { type Cell, GATES, type Recurrence } from "../../ops/recurrent.ts";
import { type Array64, array } from "../array.ts";
import type { ReferenceRules } from "./rule.ts";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** One unit at one step: its states, and how gradients pass it. */
interface Unit {
  readonly h: number;
  readonly c: number;
  /** From the gradients of h and c to those of x W + b and h R by gate, and of the unit's own h and c before. */
  back(dh: number, dc: number): { dx: number[]; dr: number[]; dh: number; dc: number };
}

/** A unit from x W + b and h R by gate, and its states before. */
const UNITS: {
  readonly [C in Cell]: (x: readonly number[], r: readonly number[], h: number, c: number) => Unit;
} = {
  lstm: ([xi, xo, xf, xc], [ri, ro, rf, rc], _, before) => {
    const [i, o, f] = [sigmoid(xi! + ri!), sigmoid(xo! + ro!), sigmoid(xf! + rf!)];
    const g = Math.tanh(xc! + rc!);
    const c = f * before + i * g;
    const t = Math.tanh(c);
    return {
      h: o * t,
      c,
      back: (dh, later) => {
        const dc = later + dh * o * (1 - t * t);
        const gates = [
          dc * g * i * (1 - i),
          dh * t * o * (1 - o),
          dc * before * f * (1 - f),
          dc * i * (1 - g * g),
        ];
        return { dx: gates, dr: gates, dh: 0, dc: dc * f };
      },
    };
  },
  gru: ([xz, xr, xn], [rz, rr, rn], h) => {
    const [z, r] = [sigmoid(xz! + rz!), sigmoid(xr! + rr!)];
    const n = Math.tanh(xn! + r * rn!);
    return {
      h: z * h + (1 - z) * n,
      c: 0,
      back: (dh) => {
        const dn = dh * (1 - z) * (1 - n * n);
        const [dz, dr] = [dh * (h - n) * z * (1 - z), dn * rn! * r * (1 - r)];
        return { dx: [dz, dr, dn], dr: [dz, dr, dn * r], dh: dh * z, dc: 0 };
      },
    };
  },
  rnn: ([x], [r]) => {
    const h = Math.tanh(x! + r!);
    return {
      h,
      c: 0,
      back: (dh) => ({ dx: [dh * (1 - h * h)], dr: [dh * (1 - h * h)], dh: 0, dc: 0 }),
    };
  },
};

/** One step of one sequence, as it was computed. */
interface Step {
  readonly t: number;
  readonly n: number;
  readonly before: readonly number[];
  readonly units: readonly Unit[];
}

/** Every step of every sequence, in the order in which they are read. */
function sequences(
  [x, weight, recurrent, bias, lengths]: readonly Array64[],
  { cell, reverse }: Recurrence,
): Step[][] {
  const [steps, count, width] = x!.shape as [number, number, number];
  const hidden = recurrent!.shape[1]!;
  return Array.from({ length: count }, (_, n) => {
    const length = lengths ? lengths.data[n]! : steps;
    let units: Unit[] = Array.from({ length: hidden }, () => ({ h: 0, c: 0, back: () => never() }));
    return Array.from({ length }, (_, at) => {
      const t = reverse ? length - 1 - at : at;
      const before = units;
      const h = before.map((unit) => unit.h);
      units = before.map((unit, j) => {
        const rows = Array.from({ length: GATES[cell] }, (_, gate) => gate * hidden + j);
        const input = rows.map((row) => {
          let total = bias!.data[row]!;
          for (let i = 0; i < width; i++)
            total += weight!.data[row * width + i]! * x!.data[(t * count + n) * width + i]!;
          return total;
        });
        const state = rows.map((row) =>
          h.reduce((sum, value, k) => sum + recurrent!.data[row * hidden + k]! * value, 0),
        );
        return UNITS[cell](input, state, unit.h, unit.c);
      });
      return { t, n, before: h, units };
    });
  });
}

const never = (): never => {
  throw new Error("reference: nothing comes before the first step.");
};

/** Recurrent layers unit by unit. */
export const recurrent = {
  recurrent: (inputs, recurrence) => {
    const [steps, count] = inputs[0]!.shape as [number, number];
    const hidden = inputs[2]!.shape[1]!;
    const y = array([steps, count, hidden]);
    for (const { t, n, units } of sequences(inputs, recurrence).flat())
      for (const [j, { h }] of units.entries()) y.data[(t * count + n) * hidden + j] = h;
    return y;
  },

  recurrentGradient: ([x, weight, recurrentWeight, bias, dy, ...lengths], recurrence) => {
    const [, count, width] = x!.shape as [number, number, number];
    const hidden = recurrentWeight!.shape[1]!;
    const [dx, dw, dr, db] = [x!, weight!, recurrentWeight!, bias!].map(({ shape }) => array(shape)) as [
      Array64,
      Array64,
      Array64,
      Array64,
    ];
    for (const sequence of sequences([x!, weight!, recurrentWeight!, bias!, ...lengths], recurrence)) {
      let later = { dh: new Float64Array(hidden), dc: new Float64Array(hidden) };
      for (const { t, n, before, units } of sequence.toReversed()) {
        const earlier = { dh: new Float64Array(hidden), dc: new Float64Array(hidden) };
        const place = t * count + n;
        for (const [j, unit] of units.entries()) {
          const down = unit.back(dy!.data[place * hidden + j]! + later.dh[j]!, later.dc[j]!);
          earlier.dh[j]! += down.dh;
          earlier.dc[j]! += down.dc;
          for (const [gate, d] of down.dx.entries()) {
            const row = gate * hidden + j;
            db.data[row]! += d;
            for (let i = 0; i < width; i++) {
              dw.data[row * width + i]! += d * x!.data[place * width + i]!;
              dx.data[place * width + i]! += d * weight!.data[row * width + i]!;
            }
          }
          for (const [gate, d] of down.dr.entries()) {
            const row = gate * hidden + j;
            for (let k = 0; k < hidden; k++) {
              dr.data[row * hidden + k]! += d * before[k]!;
              earlier.dh[k]! += d * recurrentWeight!.data[row * hidden + k]!;
            }
          }
        }
        later = earlier;
      }
    }
    return [dx, dw, dr, db];
  },
} satisfies Partial<ReferenceRules>;
