import { Charts } from './Charts';
import { MetricChart, type Metric } from './MetricChart';
import { useHashRoute } from './router';

/** The numbers of the record that the address names. */
export function RecordMetrics<Row extends object>({
  metrics,
}: {
  metrics: readonly Metric<Row>[];
}) {
  const id = useHashRoute().params.get('id');
  return (
    id !== null && (
      <Charts>
        {metrics.map((metric) => (
          <MetricChart key={`${metric.unit} ${id}`} id={id} title={metric.title} metric={metric} />
        ))}
      </Charts>
    )
  );
}
