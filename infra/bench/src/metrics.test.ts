import { parseMetrics } from './metrics';

test('sums samples over their labels, and skips comments and timestamps', () => {
  const metrics = parseMetrics(`
# HELP ticketing_events_failed_total Events whose handler failed
# TYPE ticketing_events_failed_total counter
ticketing_events_failed_total{subject="order:created",why="a } b"} 2
ticketing_events_failed_total{subject="order:cancelled"} 1 1700000000000
# TYPE ticketing_events_parked_total counter
ticketing_outbox_unsent 0
process_cpu_seconds_total 1.5e+1
`);
  expect(metrics).toEqual(
    new Map([
      ['ticketing_events_failed_total', 3],
      ['ticketing_events_parked_total', 0],
      ['ticketing_outbox_unsent', 0],
      ['process_cpu_seconds_total', 15],
    ]),
  );
});
