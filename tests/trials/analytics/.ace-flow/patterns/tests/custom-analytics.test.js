// .ace-flow/patterns/tests/custom-analytics.test.js
import { testPattern } from '@ace-flow/testing';

describe('Custom Analytics Pattern', () => {
  test('generates valid schema', async () => {
    const result = await testPattern('custom-analytics', {
      dataSources: [
        { name: 'sales', type: 'database' },
        { name: 'events', type: 'stream' }
      ]
    });

    expect(result.schema.models).toHaveLength(3);
    expect(result.schema.models.map(m => m.name)).toContain('DataSource');
  });

  test('creates required AWS resources', async () => {
    const deployment = await testPattern.deploy('custom-analytics');
    
    expect(deployment.resources).toContain('AWS::DynamoDB::Table');
    expect(deployment.resources).toContain('AWS::Kinesis::Stream');
  });
});
