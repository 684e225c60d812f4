"use client";

import { useEffect, useState } from "react";
import { Amplify } from "aws-amplify";
import { generateClient } from "aws-amplify/data";
import type { Schema } from "@/amplify/data/resource";
import outputs from "@/amplify_outputs.json";

Amplify.configure(outputs);

const client = generateClient<Schema>();

export default function Page() {
  const [books, setBooks] = useState<Array<Schema["Book"]["type"]>>([]);

  useEffect(() => {
    const feed = client.models.Book.observeQuery().subscribe({
      next: ({ items }) => setBooks([...items]),
    });
    return () => feed.unsubscribe();
  }, []);

  return (
    <main>
      <ul>
        {books.map((book) => (
          <li key={book.id}>{book.title}</li>
        ))}
      </ul>
    </main>
  );
}
