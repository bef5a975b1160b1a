/** Stands for this site, whose pages are addressed without their host. */
const site = "http://site.invalid";

/** Where to go on after signing in: to the page of this site that `from` names, to the account where it names none. */
export function wayBack(from: unknown): string {
  if (typeof from !== "string" || !URL.canParse(from, site)) return "/account";
  const { origin, pathname, search, hash } = new URL(from, site);
  // Of "/.//elsewhere" the path is left, which names a host by itself.
  return origin === site && !pathname.startsWith("//") ? pathname + search + hash : "/account";
}
