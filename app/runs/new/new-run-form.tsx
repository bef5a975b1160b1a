"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import type { Outlook } from "../../../lib/runs/job.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { SelectField, TextField } from "../../../lib/ui/form-field.tsx";
import { type Answer, ask, type Fault } from "../ask.ts";
import { FaultSentence } from "../fault-sentence.tsx";
import { OutlookPanel } from "./outlook-panel.tsx";
import { ZipField } from "./zip-field.tsx";

interface NewRunFormProps {
  readonly tasks: readonly string[];
  readonly networks: readonly string[];
}

/** What is to be learnt and how; looked over by the server before it can be started. */
export function NewRunForm({ tasks, networks }: NewRunFormProps) {
  const t = useTranslations("jobs");
  const router = useRouter();
  const [data, setData] = useState("");
  const [seen, setSeen] = useState<{ readonly wishes: object; readonly outlook: Outlook }>();
  const [busy, setBusy] = useState<"looking" | "starting">();
  const [fault, setFault] = useState<Fault>();

  async function send<T>(
    state: "looking" | "starting",
    address: string,
    body: object,
  ): Promise<T | undefined> {
    setBusy(state);
    setFault(undefined);
    const answer: Answer<T> = await ask(address, body);
    setBusy(undefined);
    if (answer.ok) return answer.value;
    setFault(answer);
    return undefined;
  }
  async function look(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const wishes = wishesOf(new FormData(event.currentTarget));
    const outlook = await send<Outlook>("looking", "/runs/jobs/check", wishes);
    setSeen(outlook && { wishes, outlook });
  }
  async function start(wishes: object) {
    if (await send("starting", "/runs/jobs", wishes)) router.push("/runs");
  }

  return (
    <div className="mt-8 grid gap-x-14 gap-y-10 lg:grid-cols-2">
      <form
        onSubmit={(event) => void look(event)}
        onChange={() => setSeen(undefined)} // what was seen is not what would be started
        className="space-y-6"
      >
        <TextField
          name="task"
          label={t("task")}
          hint={t("taskHint")}
          required
          pattern="[a-z][a-z0-9\-]*"
          maxLength={60}
          list="tasks"
        />
        <datalist id="tasks">
          {tasks.map((task) => (
            <option key={task} value={task} />
          ))}
        </datalist>
        <fieldset className="space-y-4">
          <legend className="text-sm font-medium">{t("data")}</legend>
          <ZipField
            onFolder={(folder) => {
              setData(folder);
              setSeen(undefined);
            }}
          />
          <TextField
            name="data"
            label={t("folder")}
            hint={t("folderHint")}
            required
            value={data}
            onChange={(event) => setData(event.currentTarget.value)}
          />
        </fieldset>
        <details className="border-t border-line pt-4">
          <summary className="min-h-11 py-2 font-semibold">{t("more")}</summary>
          <div className="mt-2 space-y-5">
            <SelectField name="network" label={t("network")} hint={t("networkHint")} defaultValue="">
              <option value="">{t("networkUsual")}</option>
              {networks.map((network) => (
                <option key={network}>{network}</option>
              ))}
            </SelectField>
            <div className="grid gap-5 sm:grid-cols-2">
              <TextField name="epochs" label={t("epochs")} hint={t("epochsHint")} type="number" min={1} />
              <TextField
                name="seed"
                label={t("seed")}
                hint={t("seedHint")}
                type="number"
                min={0}
                defaultValue="1"
              />
            </div>
            <TextField name="init" label={t("init")} hint={t("initHint")} />
            <label className="flex min-h-11 items-center gap-3 text-sm">
              <input name="headOnly" type="checkbox" className="size-5 shrink-0 accent-accent" />
              {t("headOnly")}
            </label>
          </div>
        </details>
        <Button
          type="submit"
          look={seen ? "quiet" : "primary"}
          disabled={busy !== undefined}
          className="w-full sm:w-auto"
        >
          {t("look")}
        </Button>
      </form>
      <div aria-live="polite">
        {busy && <p className="text-muted">{t(busy)} …</p>}
        {fault && (
          <p className="max-w-prose text-danger wrap-anywhere">
            <FaultSentence sentence={fault.sentence} />
          </p>
        )}
        {seen && (
          <OutlookPanel outlook={seen.outlook}>
            <Button look="primary" disabled={busy !== undefined} onClick={() => void start(seen.wishes)}>
              {t("start")}
            </Button>
          </OutlookPanel>
        )}
      </div>
    </div>
  );
}

/** The fields as the server takes them: what is empty is left out. */
function wishesOf(form: FormData): object {
  const text = (name: string) => String(form.get(name) ?? "").trim() || undefined;
  const number = (name: string) => (text(name) === undefined ? undefined : Number(text(name)));
  return {
    ...{ task: text("task"), data: text("data"), network: text("network"), init: text("init") },
    ...{ epochs: number("epochs"), seed: number("seed") ?? 1, headOnly: form.has("headOnly") },
  };
}
