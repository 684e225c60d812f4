import { useEffect, useState } from "react";
import { generateClient } from "aws-amplify/data";
import type { Schema } from "../amplify/data/resource";

const client = generateClient<Schema>();

function App() {
  const [books, setBooks] = useState<Array<Schema["Book"]["type"]>>([]);

  useEffect(() => {
    const feed = client.models.Book.observeQuery().subscribe({
      next: ({ items }) => setBooks([...items]),
    });
    return () => feed.unsubscribe();
  }, []);

  return (
    <main>
      <h1>To read</h1>
      <ul>
        {books.map((book) => (
          <li key={book.id}>{book.title}</li>
        ))}
      </ul>
    </main>
  );
}

export default App;
