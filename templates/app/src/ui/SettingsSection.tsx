import { useId, type ReactNode } from 'react';

/** Fields that belong together. */
export function SettingsSection({ title, children }: { title: string; children: ReactNode }) {
  const headingId = useId();
  return (
    <div className="settings-section" role="group" aria-labelledby={headingId}>
      <h3 id={headingId}>{title}</h3>
      {children}
    </div>
  );
}
