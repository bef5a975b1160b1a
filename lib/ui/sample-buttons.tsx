"use client";

import { useTranslations } from "use-intl";

/** A picture to try a task with. */
export interface ShownSample {
  /** Where the site serves it. */
  readonly address: string;
  /** What it shows, in the reader's language. */
  readonly name: string;
}

interface SampleButtonsProps {
  readonly samples: readonly ShownSample[];
  readonly onPicture: (picture: File) => void;
}

/** Pictures for those who have none at hand; one of them on a phone, where room is scarce. */
export function SampleButtons({ samples, onPicture }: SampleButtonsProps) {
  const t = useTranslations("picture");
  return (
    <div className="ml-auto flex items-center gap-2">
      <span className="mr-1 hidden text-sm text-muted sm:inline">{t("samples")}</span>
      {samples.map((sample, index) => (
        <div key={sample.address} className={index > 0 ? "hidden sm:block" : ""}>
          <SampleButton sample={sample} className="h-11 w-15" onPicture={onPicture} />
        </div>
      ))}
    </div>
  );
}

interface SampleButtonProps {
  readonly sample: ShownSample;
  /** Its size. */
  readonly className: string;
  readonly onPicture: (picture: File) => void;
}

/** A drawing that can be tried like a picture of one's own. */
export function SampleButton({ sample: { address, name }, className, onPicture }: SampleButtonProps) {
  const t = useTranslations("picture");
  return (
    <button
      type="button"
      aria-label={t("sample", { name })}
      title={t("sample", { name })}
      onClick={() => fetchSample(address).then(onPicture)}
      className={`block overflow-hidden rounded-sm transition-opacity hover:opacity-80 ${className}`}
    >
      {/* biome-ignore lint/performance/noImgElement: a few kB that are kept offline as they are. */}
      <img src={address} alt="" className="size-full object-cover" />
    </button>
  );
}

async function fetchSample(address: string): Promise<File> {
  const picture = await fetch(address).then((answer) => answer.blob());
  return new File([picture], address.slice(address.lastIndexOf("/") + 1), { type: picture.type });
}
