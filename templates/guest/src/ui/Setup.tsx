export function Setup({ title }: { title: string }) {
  return (
    <div className="app-main setup">
      <h1>{title}</h1>
      <p>
        There is no backend to talk to. Call <code>Amplify.configure</code> with{' '}
        <code>amplify_outputs.json</code> where the application starts, before this is shown.
      </p>
      <p>
        <code>npx ampx sandbox</code> deploys your own backend and writes that file;{' '}
        <code>ace sandbox</code> does it on this machine, without an AWS account.
      </p>
    </div>
  );
}
