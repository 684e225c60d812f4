export function Setup({ title }: { title: string }) {
  return (
    <main className="app-main setup">
      <h1>{title}</h1>
      <p>The app runs. What is missing is a backend to talk to.</p>
      <h2>On this machine</h2>
      <p>
        <code>ace sandbox --open</code> serves the backend and these pages, without an AWS account.
      </p>
      <h2>In AWS</h2>
      <ol>
        <li>
          Deploy your own: <code>npx ampx sandbox</code>
        </li>
        <li>
          Wait until it has written <code>amplify_outputs.json</code>.
        </li>
        <li>
          Restart the development server: <code>npm run dev</code>
        </li>
      </ol>
      <p className="muted">
        This needs an AWS account and credentials.{' '}
        <a href="https://docs.amplify.aws/react/start/account-setup/">Set them up</a> first if you
        have none.
      </p>
    </main>
  );
}
