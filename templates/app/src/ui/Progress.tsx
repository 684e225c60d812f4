import './Progress.css';

/** How much of something is done, from 0 to 1. */
export function Progress({ label, share }: { label: string; share: number }) {
  return (
    <progress className="progress" value={share} aria-label={label}>
      {Math.round(share * 100)} %
    </progress>
  );
}
