import type { ReactNode } from "react";
import "./app.css";

export const metadata = { title: "Reading list" };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
