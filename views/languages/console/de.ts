// The messages of the console in German, by the part of the console that has them.
import { access } from './access/de.ts'
import { activity } from './activity/de.ts'
import { answers } from './answers/de.ts'
import { apps } from './apps/de.ts'
import { engine } from './engine/de.ts'
import { frame } from './frame/de.ts'
import { home } from './home/de.ts'
import { people } from './people/de.ts'
import { policy } from './policy/de.ts'
import { providers } from './providers/de.ts'
import { review } from './review/de.ts'
import { settings } from './settings/de.ts'
import { workloads } from './workloads/de.ts'

export const german = {
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
export const knownGerman = { ...engine, ...policy, ...answers } as const
