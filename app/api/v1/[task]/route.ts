import { methodNotAllowed, predict } from "../../../../lib/server/predict/predict.ts";

/** Says what pictures, recordings or texts are, for clients without a browser. The pages never call it. */
export async function POST(
  request: Request,
  { params }: { readonly params: Promise<{ readonly task: string }> },
): Promise<Response> {
  const { task } = await params;
  return predict(request, task);
}

export const GET = methodNotAllowed;
export const PUT = methodNotAllowed;
export const PATCH = methodNotAllowed;
export const DELETE = methodNotAllowed;
