import { afterAll, beforeAll, describe } from 'vitest'
import { overwriteGetLocale } from '../../../shared/i18n/index.ts'
import { startDriver, stopDriver } from './testing/driver.ts'
import { attendanceTests } from './tests/attendance.suite.ts'
import { courseTests } from './tests/course.suite.ts'
import { decisionsTests } from './tests/decisions.suite.ts'
import { journalTests } from './tests/journal.suite.ts'
import { keysTests } from './tests/keys.suite.ts'
import { looksTests } from './tests/looks.suite.ts'
import { speakersTests } from './tests/speakers.suite.ts'

overwriteGetLocale(() => 'de')

// One page for all: each test shows its scene from the beginning.
beforeAll(startDriver, 180_000)
afterAll(stopDriver)

describe('looks', looksTests)
describe('course', courseTests)
describe('speakers', speakersTests)
describe('attendance', attendanceTests)
describe('decisions', decisionsTests)
describe('journal', journalTests)
describe('keys', keysTests)
