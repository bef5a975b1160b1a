/** npm run account: who owns the app, where no browser is at hand. */

import { dirname } from "node:path";
import { stdin } from "node:process";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { Option } from "commander";
import { NacreError } from "../engine/errors.ts";
import { atConsole, noteDeed } from "../lib/server/accounts/deeds.ts";
import { type KeyScope, keyScopes, makeKey } from "../lib/server/accounts/keys.ts";
import { renewCode, setPassword } from "../lib/server/accounts/owner.ts";
import { type Client, openDatabase } from "../lib/server/database.ts";
import { command, run } from "./command.ts";

const program = command("account", "Sets the app's password and makes API keys, without a browser.", [
  "npm run account -- set-password",
  "npm run account -- set-password < password.txt",
  "npm run -s account -- key robot --scope manage > key.txt",
]);

program
  .command("set-password")
  .description("sets the password, read from stdin, and signs out everywhere")
  .action(() =>
    withDatabase(async (client) => {
      await setPassword(client, await readPassword());
      await noteDeed(client, atConsole, "password", "");
      console.error("The password is set. Sign in with it on /account.");
    }),
  );

program
  .command("code")
  .description("prints a new setup code in place of the one that was lost")
  .action(() =>
    withDatabase(async (client) => {
      const code = await renewCode(client);
      if (code === undefined)
        throw new NacreError(
          "usage",
          "There is a password already. Set another one with npm run account -- set-password.",
        );
      await noteDeed(client, atConsole, "setup-code", "");
      console.log(code);
    }),
  );

program
  .command("key")
  .description("makes an API key and prints it, this once")
  .argument("<name>", "whose it is, or what for")
  .addOption(new Option("--scope <scope>", "what it may do").choices(keyScopes).default("predict"))
  .action((named: string, { scope }: { readonly scope: KeyScope }) =>
    withDatabase(async (client) => {
      const { id, name, key } = await makeKey(client, named, scope);
      await noteDeed(client, atConsole, "key-made", name, `${id}, ${scope}`);
      console.log(key);
    }),
  );

await run(program);

/** What is typed, without showing it, or the first line of what is piped in. */
async function readPassword(): Promise<string> {
  if (!stdin.isTTY) return (await text(stdin)).split(/\r?\n/, 1)[0]!;
  process.stderr.write("New password: ");
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asking = createInterface({ input: stdin, output: silent, terminal: true });
  const password = await asking.question("");
  asking.close();
  process.stderr.write("\n");
  return password;
}

async function withDatabase(work: (client: Client) => Promise<void>): Promise<void> {
  const { client, close } = await openDatabase(dirname(import.meta.dirname));
  try {
    await work(client);
  } finally {
    await close();
  }
}
