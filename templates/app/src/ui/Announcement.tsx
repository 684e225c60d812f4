import { useAnnouncement } from './announce';

/** Shows what was done. */
export function Announcement() {
  return (
    <p className="announcement" role="status">
      {useAnnouncement()}
    </p>
  );
}
