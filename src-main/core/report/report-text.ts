import type { Report } from './build-report.ts';
import { reportPage } from './report-page.ts';

/** A report as a page for people, or as a document for programs. */
export function reportText(report: Report, format: 'html' | 'json'): string {
  return format === 'html' ? reportPage(report) : `${JSON.stringify(report, null, 2)}\n`;
}
