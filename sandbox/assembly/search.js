// Search services in an assembly: domains, and the pipelines that keep indexes of tables in them.

/** @typedef {import('./model.js').Reader} Reader */

/**
 * @typedef {object} IndexModel
 * @property {string} name
 * @property {string} host Of the domain.
 * @property {string} table The table that it is made from.
 * @property {string[] | null} kept The fields that it holds, if not all.
 * @property {Record<string, string> | null} types Of its fields; without them, what is written
 *   decides.
 */
/** @typedef {{domains: Record<string, string>, indexes: IndexModel[]}} SearchModel The ARN of each
 *   domain by its host. */

/** @returns {SearchModel} */
export const noSearch = () => ({ domains: {}, indexes: [] });

/** @type {Record<string, Reader>} */
export const SEARCH_READERS = {
  'AWS::OpenSearchService::Domain': (_, __, { attribute, arn, model }) => {
    model.search.domains[attribute('DomainEndpoint')] = arn;
  },
  'AWS::OSIS::Pipeline': (properties, key, { model }) => {
    const { version: _, ...pipelines } = configuration(properties, key);
    for (const { source, processor = [], sink } of Object.values(pipelines)) {
      const [table, ...others] = source.dynamodb?.tables ?? [];
      if (!table || others.length) throw new Error(`${key} is fed by something not built here`);
      for (const { opensearch } of sink) {
        const template = opensearch?.template_content;
        if (!opensearch) throw new Error(`${key} feeds something that is not built here`);
        model.search.indexes.push({
          name: opensearch.index,
          host: hostOf(opensearch.hosts[0]),
          table: table.table_arn.slice(table.table_arn.lastIndexOf('/') + 1),
          kept: keptBy(processor, key),
          types: template ? typesOf(JSON.parse(template)) : null,
        });
      }
    }
  },
};

/** @param {string} address */
export function hostOf(address) {
  return address.replace(/^https:\/\//, '');
}

/**
 * @param {Record<string, any>} properties
 * @param {string} key
 * @returns {Record<string, any>}
 */
function configuration(properties, key) {
  try {
    return JSON.parse(properties.PipelineConfigurationBody);
  } catch {
    throw new Error(`${key} is configured in YAML that is no JSON, which is not read here`);
  }
}

/**
 * @param {Record<string, any>[]} processors
 * @param {string} key
 * @returns {string[] | null}
 */
function keptBy(processors, key) {
  /** @type {string[] | null} */
  let kept = null;
  for (const processor of processors) {
    const [[name, settings]] = Object.entries(processor);
    if (name !== 'select_entries') throw new Error(`${key} uses ${name}, which is not built here`);
    kept = settings.include_keys;
  }
  return kept;
}

/**
 * @param {Record<string, any>} template
 * @returns {Record<string, string> | null}
 */
function typesOf({ mappings = {} }) {
  const entries = Object.entries(mappings.properties ?? {});
  if (mappings.dynamic !== false && entries.length === 0) return null;
  return Object.fromEntries(entries.map(([name, { type }]) => [name, type]));
}
