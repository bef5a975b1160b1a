import type { ReactNode } from "react";

/** Line icons on a grid of 24, drawn for this site. All are decoration: what they mean stands beside them. */
function Icon({ children, size = 20 }: { readonly children: ReactNode; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  );
}

/** The mark of the site: a shell's layers, each grown around the last. */
export const NacreMark = () => (
  <Icon size={28}>
    <path d="M12 20.5C6.2 20.5 3 16.3 3 12a9 9 0 0 1 18 0c0 2.6-1.6 4.6-4 4.6" />
    <path d="M12 16.9c-3.5 0-5.4-2.4-5.4-5a5.4 5.4 0 0 1 10.8 0c0 1-.5 1.8-1.5 1.8" />
    <path d="M12 13.7c-1.3 0-2.1-.8-2.1-1.9a2.1 2.1 0 0 1 4.2 0" />
  </Icon>
);

export const CameraIcon = () => (
  <Icon>
    <path d="M4.5 7.5h3l1.6-2.4h5.8l1.6 2.4h3A1.5 1.5 0 0 1 21 9v8.5a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5V9a1.5 1.5 0 0 1 1.5-1.5Z" />
    <circle cx="12" cy="13" r="3.4" />
  </Icon>
);

export const SunIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="3.8" />
    <path d="M12 3v1.8M12 19.2V21M3 12h1.8M19.2 12H21M5.6 5.6l1.3 1.3M17.1 17.1l1.3 1.3M18.4 5.6l-1.3 1.3M6.9 17.1l-1.3 1.3" />
  </Icon>
);

export const MoonIcon = () => (
  <Icon>
    <path d="M20 14.2A8.4 8.4 0 0 1 9.8 4 8.4 8.4 0 1 0 20 14.2Z" />
  </Icon>
);

export const SystemIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="8.4" />
    <path d="M12 3.6v16.8A8.4 8.4 0 0 0 12 3.6Z" fill="currentColor" stroke="none" />
  </Icon>
);

export const ArrowIcon = () => (
  <Icon>
    <path d="M5 12h14M13.5 6.5 19 12l-5.5 5.5" />
  </Icon>
);

export const ChevronIcon = ({ to }: { readonly to: "left" | "right" }) => (
  <Icon>
    <path d={to === "left" ? "M14.5 5.5 8 12l6.5 6.5" : "M9.5 5.5 16 12l-6.5 6.5"} />
  </Icon>
);

export const DeviceIcon = () => (
  <Icon size={18}>
    <path d="M6.5 10.5V8a5.5 5.5 0 0 1 11 0v2.5" />
    <rect x="4.5" y="10.5" width="15" height="9.5" rx="1.5" />
    <path d="M12 14.2v2.2" />
  </Icon>
);

export const AlertIcon = ({ size }: { readonly size?: number }) => (
  <Icon size={size}>
    <circle cx="12" cy="12" r="8.6" />
    <path d="M12 7.6v5.2M12 16.2v.1" />
  </Icon>
);

export const MicrophoneIcon = () => (
  <Icon>
    <rect x="9" y="3" width="6" height="11" rx="3" />
    <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3M9 21h6" />
  </Icon>
);

export const PlayIcon = () => (
  <Icon>
    <path d="M8 5.5v13l10.5-6.5Z" />
  </Icon>
);

export const PencilIcon = () => (
  <Icon>
    <path d="M4.5 19.5 5.6 15 16 4.6a1.6 1.6 0 0 1 2.3 0l1.1 1.1a1.6 1.6 0 0 1 0 2.3L9 18.4l-4.5 1.1ZM14 6.6l3.4 3.4" />
  </Icon>
);

export const CrossIcon = () => (
  <Icon>
    <path d="m6.5 6.5 11 11M17.5 6.5l-11 11" />
  </Icon>
);
