import { a, defineData, type ClientSchema } from '@aws-amplify/backend';

export const schema = a.schema({
  ProcessingStatus: a.enum(['raw', 'processed', 'error']),

  DataSource: a
    .model({
      name: a.string(),
      sourceType: a.enum(['api', 'database', 'stream', 'file']),
      connectionString: a.string().required(),
      isActive: a.boolean().default(true),
      datasets: a.hasMany('Dataset', 'dataSourceId'),
      metadata: a.json(),
    })
    .authorization((allow) => [allow.owner(), allow.groups(['analysts']).to(['read'])]),

  Dataset: a
    .model({
      name: a.string().required(),
      description: a.string(),
      schema: a.json(),
      dataSourceId: a.id(),
      dataSource: a.belongsTo('DataSource', 'dataSourceId'),
      records: a.hasMany('DataRecord', 'datasetId'),
      lastUpdated: a.datetime(),
      recordCount: a.integer().default(0),
    })
    .secondaryIndexes((index) => [
      index('dataSourceId').sortKeys(['lastUpdated']).name('byDataSource'),
    ])
    .authorization((allow) => [allow.owner(), allow.groups(['analysts']).to(['read'])]),

  DataRecord: a
    .model({
      datasetId: a.id().required(),
      dataset: a.belongsTo('Dataset', 'datasetId'),
      data: a.json().required(),
      timestamp: a.datetime().required(),
      processingStatus: a.ref('ProcessingStatus').required(),
    })
    .authorization((allow) => [allow.owner(), allow.groups(['analysts']).to(['read'])]),
});

export type Schema = ClientSchema<typeof schema>;

export const data = defineData({
  schema,
  authorizationModes: { defaultAuthorizationMode: 'userPool' },
});
