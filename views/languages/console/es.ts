// The messages of the console in Spanish, by the part of the console that has them.
import { access } from './access/es.ts'
import { activity } from './activity/es.ts'
import { answers } from './answers/es.ts'
import { apps } from './apps/es.ts'
import { engine } from './engine/es.ts'
import { frame } from './frame/es.ts'
import { home } from './home/es.ts'
import { people } from './people/es.ts'
import { policy } from './policy/es.ts'
import { providers } from './providers/es.ts'
import { review } from './review/es.ts'
import { settings } from './settings/es.ts'
import { workloads } from './workloads/es.ts'

export const spanish = {
  ...access,
  ...activity,
  ...apps,
  ...frame,
  ...home,
  ...people,
  ...providers,
  ...review,
  ...settings,
  ...workloads,
} as const

// The engine's texts first: their templates are narrower.
export const knownSpanish = { ...engine, ...policy, ...answers } as const
