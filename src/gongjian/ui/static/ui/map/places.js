/* What the endpoint answered, read once and asked many times. The rows are described in docs/atlas.md and made by gongjian.ui.places. */
const [ID, KIND, STATUS, LON, LAT, NAME, CODE] = [0, 1, 2, 3, 4, 5, 6];

export class Places {
  constructor(told) {
    this.kinds = told.kinds;
    this.statuses = told.statuses;
    this.unplaced = told.unplaced || 0;
    this.areas = told.areas || [];
    const middles = this.areas.map((area) => [area.id, area.properties.kind, area.properties.status, ...middle(area.geometry), area.properties.name, area.properties.code]);
    this.points = told.places.length; /* rows from here on are areas */
    this.rows = told.places.concat(middles);
  }

  get size() {
    return this.rows.length;
  }

  /* everything about one row, for a mark, a list or a card */
  at(number) {
    const row = this.rows[number];
    return {
      number,
      id: row[ID],
      kind: this.kinds[row[KIND]],
      status: this.statuses[row[STATUS]],
      lon: row[LON],
      lat: row[LAT],
      name: row[NAME],
      code: row[CODE] || "",
      area: number < this.points ? null : this.areas[number - this.points],
    };
  }

  numberOf(id) {
    return this.rows.findIndex((row) => String(row[ID]) === String(id));
  }

  /* the numbers of the rows whose kind and status are both chosen */
  chosen({ kinds, statuses }) {
    const kindIn = this.kinds.map((kind) => kinds.has(kind.slug));
    const statusIn = this.statuses.map((status) => statuses.has(status.slug));
    const found = [];
    this.rows.forEach((row, number) => kindIn[row[KIND]] && statusIn[row[STATUS]] && found.push(number));
    return found;
  }

  /* how many of each kind under the chosen statuses, and of each status under the chosen kinds */
  counts({ kinds, statuses }) {
    const byKind = new Array(this.kinds.length).fill(0);
    const byStatus = new Array(this.statuses.length).fill(0);
    const kindIn = this.kinds.map((kind) => kinds.has(kind.slug));
    const statusIn = this.statuses.map((status) => statuses.has(status.slug));
    for (const row of this.rows) {
      if (statusIn[row[STATUS]]) byKind[row[KIND]] += 1;
      if (kindIn[row[KIND]]) byStatus[row[STATUS]] += 1;
    }
    return { byKind, byStatus };
  }

  /* the numbers among the given whose name or code holds the words, those that begin with them first */
  find(words, among) {
    const asked = words.trim().toLowerCase();
    if (!asked) return [];
    const lowered = (number, column) => String(this.rows[number][column] || "").toLowerCase();
    const held = among.filter((number) => lowered(number, NAME).includes(asked) || lowered(number, CODE).includes(asked));
    const begins = (number) => lowered(number, NAME).startsWith(asked) || lowered(number, CODE).startsWith(asked);
    return [...held.filter(begins), ...held.filter((number) => !begins(number))];
  }

  /* what a cluster is made from; `number` leads back to the row */
  feature(number) {
    const row = this.rows[number];
    return {
      type: "Feature",
      properties: { number, kind: row[KIND], attention: this.statuses[row[STATUS]].attention ? 1 : 0 },
      geometry: { type: "Point", coordinates: [row[LON], row[LAT]] },
    };
  }
}

function middle(geometry) {
  const flat = geometry.coordinates.flat(Infinity);
  const lons = flat.filter((_, place) => place % 2 === 0);
  const lats = flat.filter((_, place) => place % 2 === 1);
  return [(Math.min(...lons) + Math.max(...lons)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2];
}
