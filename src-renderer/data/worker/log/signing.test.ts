import { signingSuite } from '../../../../shared/ports/signing.suite.ts'
import { webSigning } from './signing.ts'

signingSuite(webSigning)
