import { expect, test } from "vitest";
import { topological, type Value } from "../graph/value.ts";
import { add, exp, greater, multiply, where } from "../ops/elementwise.ts";
import { constant, input } from "../ops/leaf.ts";
import { matmul } from "../ops/linear.ts";
import { max, sum } from "../ops/shape.ts";
import { type Array64, array } from "../testing/array.ts";
import { evaluate } from "../testing/reference.ts";
import { gradients } from "./gradient.ts";

const x = input("x", [2, 3]);
const ones = (shape: readonly number[]): Array64 => array(shape, () => 1);
const numbers = (value: Value, feeds: ReadonlyMap<Value, Array64>) => [...evaluate([value], feeds)[0]!.data];

test("a value that is used several times collects all its gradients", () => {
  const y = sum(add(multiply(x, x), add(x, exp(multiply(x, 0)))));
  const [dx] = gradients(y, [x]);
  const at = array([2, 3], (i) => i);
  expect(numbers(dx!, new Map([[x, at]]))).toEqual([1, 3, 5, 7, 9, 11]);
});

test("the seed multiplies every gradient", () => {
  const rate = input("rate", []);
  const [dx] = gradients(sum(multiply(x, 3)), [x], rate);
  const feeds = new Map([
    [x, ones([2, 3])],
    [rate, array([], () => -0.5)],
  ]);
  expect(numbers(dx!, feeds)).toEqual([-1.5, -1.5, -1.5, -1.5, -1.5, -1.5]);
});

test("a value that was repeated by broadcasting gets the sum", () => {
  const [row, column, scalar] = [input("row", [3]), input("column", [2, 1]), input("scalar", [])];
  const found = gradients(sum(multiply(multiply(x, row), add(column, scalar))), [row, column, scalar]);
  expect(found.map(({ shape }) => shape)).toEqual([[3], [2, 1], []]);
  const feeds = new Map([x, row, column, scalar].map((value) => [value, ones(value.shape.map(Number))]));
  expect(found.map((value) => numbers(value, feeds))).toEqual([[4, 4, 4], [3, 3], [6]]);
});

test("nothing is built for what is not wanted", () => {
  const [a, b] = [input("a", [2, 2]), input("b", [2, 2])];
  const [da] = gradients(sum(matmul(exp(a), exp(b))), [a]);
  const names = topological([da!]).map(({ op }) => op.name);
  expect(names.filter((name) => name === "matmul")).toHaveLength(1);
});

test("the gradient in an inner value stops there", () => {
  const inner = exp(x);
  const [d] = gradients(sum(multiply(inner, 2)), [inner]);
  expect(numbers(d!, new Map([[x, ones([2, 3])]]))).toEqual([2, 2, 2, 2, 2, 2]);
});

test("a loss that depends on itself alone", () => {
  const loss = sum(x);
  expect(numbers(gradients(loss, [loss])[0]!, new Map([[x, ones([2, 3])]]))).toEqual([1]);
});

test("says which value the loss does not depend on", () => {
  const other = input("other.weight", [2]);
  expect(() => gradients(sum(x), [x, other])).toThrow(
    'gradients: the loss does not depend on "other.weight".',
  );
  expect(() => gradients(sum(x), [exp(other)])).toThrow("does not depend on the [2] that exp gives.");
});

test("stops let nothing through, and leave the other ways open", () => {
  const steadied = add(x, multiply(max(x, [1], true), 0));
  const [dx] = gradients(sum(where(greater(x, 0), steadied, constant(0))), [x]);
  const at = array([2, 3], (i) => i - 2);
  expect(numbers(dx!, new Map([[x, at]]))).toEqual([0, 0, 0, 1, 1, 1]);
});

test("ten thousand operators in a row do not overflow the stack", () => {
  let y = input("y", [1]);
  const start = y;
  for (let i = 0; i < 10_000; i++) y = add(y, 1);
  const [dy] = gradients(sum(y), [start]);
  expect(numbers(dy!, new Map([[start, ones([1])]]))).toEqual([1]);
});
