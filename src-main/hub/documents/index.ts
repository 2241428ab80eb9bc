export { documentRoutes } from './document-routes.ts'
export { minutesPdf } from './minutes-pdf.ts'
