/** Small texts in the layouts that the publishers send; figures made up but for the dates. */

/** Cboe index history with bars; one row on a holiday, one open outside its bar. */
export const VIX_HISTORY = `DATE,OPEN,HIGH,LOW,CLOSE
01/02/2024,13.21,14.23,13.10,13.20
01/03/2024,13.38,14.22,13.33,14.04
01/04/2024,3.97,14.20,13.64,14.13
01/05/2024,14.24,14.58,13.29,13.35
01/15/2024,13.25,13.25,13.25,13.25
01/16/2024,0.00,14.66,13.64,13.84
`;

/** Cboe index history with one value a day. */
export const SPX_HISTORY = `DATE,SPX
01/02/2024,4742.83
01/03/2024,4704.81
01/04/2024,4688.68
01/05/2024,4697.24
01/16/2024,4765.98
`;

const VX_HEADER =
  'Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest';

/** VX contract of April 2007: ten times the index until 2007-03-23, trailing commas, zeros. */
export const VX_OLD = `${VX_HEADER},,
03/22/2007,J (Apr 07),133.40,135.60,131.50,134.00,133.60,0.80,1039,0,10711,,
03/23/2007,J (Apr 07),0.00,0.00,0.00,0.00,133.30,-0.30,0,0,10632,,
03/26/2007,J (Apr 07),13.49,14.50,13.21,13.40,13.38,-119.92,675,0,11006,,
04/18/2007,J (Apr 07),0.00,0.00,0.00,0.00,12.03,0.16,0,0,7745,,
`;

/** VX contract of January 2024 with a line before the header and ISO dates. */
export const VX_NEW = `CFE data is compiled for the convenience of site visitors
${VX_HEADER}
2024-01-02,F (Jan 2024),14.2,14.7,14.1,14.3,14.35,0.1,1000,0,90000
2024-01-03,F (Jan 2024),14.3,14.9,14.2,14.8,14.75,0.4,1000,0,90000
2024-01-17,F (Jan 2024),0,0,0,0,14.55,0,0,0,0
`;

/** The exchange's archive of final settlements. */
export const VX_FINALS = `Symbol,SettlementMonth,SettlementYear,ProductType,SettlementDate,SettlementPrice,ProductDescription
BX,11,2006,Standard,,787.73,Cboe S&P 500 BuyWrite Index Futures
VX,3,2007,Standard,,159.75,Cboe Volatility Index (VIX) Futures
VX,4,2007,Standard,,12.03,Cboe Volatility Index (VIX) Futures
VX,4,2019,Weekly,,12.5,Cboe Volatility Index (VIX) Futures
`;

/** Treasury feed of some days. A rate is the number, null, or left out when undefined. */
export function treasuryFeed(
  dateField: string,
  rows: readonly (readonly [string, Readonly<Record<string, number | null>>])[],
): string {
  const entries = rows.map(([date, rates]) => {
    const fields = Object.entries(rates).map(([name, rate]) =>
      rate === null
        ? `<d:${name} m:type="Edm.Double" m:null="true" />`
        : `<d:${name} m:type="Edm.Double">${rate}</d:${name}>`,
    );
    return `<entry><content type="application/xml"><m:properties>
<d:${dateField} m:type="Edm.DateTime">${date}T00:00:00</d:${dateField}>
${fields.join('\n')}
</m:properties></content></entry>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Rates</title>
${entries.join('\n')}
</feed>
`;
}

/** Rates of the New York Fed, newest first. */
export const SOFR_RATES = `{"refRates":[
{"effectiveDate":"2024-01-03","type":"SOFR","percentRate":5.39,"volumeInBillions":1800},
{"effectiveDate":"2024-01-02","type":"SOFR","percentRate":5.40,"volumeInBillions":1900}]}`;

const meeting = (month: string, days: string): string =>
  `<div class="row fomc-meeting"><div class="fomc-meeting__month col-xs-5"><strong>${month}</strong></div>
<div class="fomc-meeting__date col-xs-4">${days}</div></div>`;

/** The Fed's running calendar. */
export const FOMC_CALENDAR = `<!DOCTYPE html><html><body>
<div class="panel panel-default"><div class="panel-heading"><h4><a id="1">2024 FOMC Meetings</a></h4></div>
${meeting('January', '30-31')}${meeting('Apr/May', '30-1')}${meeting('June', '11-12*')}
${meeting('August', '22 (notation vote)')}</div>
<div class="panel panel-default"><div class="panel-heading"><h4><a id="2">2020 FOMC Meetings</a></h4></div>
${meeting('March', '15 (unscheduled)')}${meeting('March', '17-18 (cancelled)')}
${meeting('April', '28&ndash;29')}</div>
</body></html>
`;

/** The Fed's page of an older year. */
export const FOMC_YEAR = `<!DOCTYPE html><html><body>
<h5 class="panel-heading">January 31-February 1 Meeting - 2006</h5>
<h5 class="panel-heading">March 27-28 Meeting - 2006</h5>
<h5>August 16 Conference Call - 2006</h5>
<h5>Jul/Aug 31-1 Meeting - 2006</h5>
<h5>Related links</h5>
</body></html>
`;

/** Observations of a FRED series. */
export const FRED_OBSERVATIONS = `{"count":3,"observations":[
{"realtime_start":"2024-02-01","realtime_end":"2024-02-01","date":"2023-11-01","value":"108.11"},
{"realtime_start":"2024-02-01","realtime_end":"2024-02-01","date":"2023-12-01","value":"."},
{"realtime_start":"2024-02-01","realtime_end":"2024-02-01","date":"2024-01-01","value":"107.57"}]}`;
