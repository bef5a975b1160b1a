"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { fieldLook } from "./field.tsx";

interface FormFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly children: (attributes: {
    readonly id: string;
    readonly className: string;
    readonly "aria-describedby": string | undefined;
  }) => ReactNode;
}

/** A control of a form with its label above and a hint below it. */
function FormField({ label, hint, children }: FormFieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        className: `mt-1 block ${fieldLook}`,
        "aria-describedby": hint === undefined ? undefined : hintId,
      })}
      {hint !== undefined && (
        <p id={hintId} className="mt-1 text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

/** A line of text. */
export function TextField({
  label,
  hint,
  ...rest
}: ComponentProps<"input"> & Pick<FormFieldProps, "label" | "hint">) {
  return (
    <FormField label={label} hint={hint}>
      {(attributes) => <input type="text" autoComplete="off" spellCheck={false} {...attributes} {...rest} />}
    </FormField>
  );
}

/** One of a few. */
export function SelectField({
  label,
  hint,
  ...rest
}: ComponentProps<"select"> & Pick<FormFieldProps, "label" | "hint">) {
  return (
    <FormField label={label} hint={hint}>
      {(attributes) => <select {...attributes} {...rest} />}
    </FormField>
  );
}
