// Loaded into a server by `node --import`: on SIGUSR2 writes the longest delay of its event loop since the last time to
// `loop-delay.json` in its working directory.
import { renameSync, writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  process.on('SIGUSR2', () => {
    const text = JSON.stringify({ max: delay.max / 1e6, p99: delay.percentile(99) / 1e6 })
    delay.reset()
    writeFileSync('loop-delay.json.new', text)
    renameSync('loop-delay.json.new', 'loop-delay.json')
  })
}
