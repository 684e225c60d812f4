import '@aws-amplify/ui-react/styles.css';

import {
  Authenticator,
  Button,
  Heading,
  SelectField,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  TextAreaField,
  TextField,
  ThemeProvider,
} from '@aws-amplify/ui-react';
import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/data';
import { StrictMode, useEffect, useState, type SubmitEvent } from 'react';
import { createRoot } from 'react-dom/client';

import type { Schema } from '../amplify/data/resource';

type Task = Schema['Task']['type'];

Amplify.configure(await (await fetch('/amplify_outputs.json')).json());
const client = generateClient<Schema>();

function TaskForm() {
  const [problem, setProblem] = useState('');

  const save = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const { errors } = await client.models.Task.create({
      title: String(form.get('title')),
      description: String(form.get('description')),
      status: form.get('status') === 'completed' ? 'completed' : 'todo',
      dueDate: String(form.get('dueDate')),
    });
    setProblem(errors?.[0]?.message ?? '');
  };

  return (
    <form onSubmit={(event) => void save(event)}>
      <Heading level={2}>New task</Heading>
      <TextField name="title" label="Title" isRequired />
      <TextAreaField name="description" label="Description" />
      <SelectField name="status" label="Status">
        <option value="todo">To do</option>
        <option value="completed">Completed</option>
      </SelectField>
      <TextField name="dueDate" label="Due date" type="date" />
      <Button type="submit">Save</Button>
      {problem && <p role="alert">{problem}</p>}
    </form>
  );
}

function TaskTable() {
  const [tasks, setTasks] = useState<Task[]>([]);
  useEffect(() => {
    const feed = client.models.Task.observeQuery().subscribe({
      next: ({ items }) => setTasks(items),
    });
    return () => feed.unsubscribe();
  }, []);

  return (
    <Table caption="Tasks">
      <TableHead>
        <TableRow>
          <TableCell as="th">Title</TableCell>
          <TableCell as="th">Status</TableCell>
          <TableCell as="th">Due date</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {tasks.map((task) => (
          <TableRow key={task.id}>
            <TableCell>{task.title}</TableCell>
            <TableCell>{task.status}</TableCell>
            <TableCell>{task.dueDate}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

createRoot(document.body).render(
  <StrictMode>
    <ThemeProvider>
      <Authenticator>
        <TaskForm />
        <TaskTable />
      </Authenticator>
    </ThemeProvider>
  </StrictMode>,
);
