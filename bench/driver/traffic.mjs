// The requests of a tab and the bytes that they bring, as the DevTools protocol reports them.

export class Traffic {
    /** Requests by their identifiers: when they began, and whether the network was asked. */
    #requests = new Map();
    /** Bytes as they arrived, with the time. */
    #arrivals = [];
    #open = new Set();
    #changed = Date.now();
    /** The difference between the clock of the protocol's times and that of the page, in seconds. */
    #offset = 0;

    constructor(cdp) {
        const on = (event, listen) =>
            cdp.on(`Network.${event}`, (message) => {
                this.#changed = Date.now();
                listen(message);
            });
        on("requestWillBeSent", ({ requestId, timestamp, wallTime, request }) => {
            if (!request.url.startsWith("http")) return;
            this.#offset = wallTime - timestamp;
            this.#open.add(requestId);
            this.#requests.set(requestId, { at: timestamp, isAsked: true, bytes: 0 });
        });
        on("requestServedFromCache", ({ requestId }) => this.#isCached(requestId));
        on("responseReceived", ({ requestId, response }) => {
            if (response.fromDiskCache) this.#isCached(requestId);
        });
        on("dataReceived", ({ requestId, timestamp, encodedDataLength }) => {
            this.#arrive(requestId, timestamp, encodedDataLength);
        });
        on("loadingFinished", ({ requestId, timestamp, encodedDataLength }) => {
            // The whole is more than the parts by the headers.
            const known = this.#requests.get(requestId)?.bytes ?? 0;
            this.#arrive(requestId, timestamp, encodedDataLength - known);
            this.#open.delete(requestId);
        });
        on("loadingFailed", ({ requestId }) => this.#open.delete(requestId));
    }

    #isCached(requestId) {
        const request = this.#requests.get(requestId);
        if (request) request.isAsked = false;
    }

    #arrive(requestId, at, bytes) {
        const request = this.#requests.get(requestId);
        if (!request || bytes <= 0) return;
        request.bytes += bytes;
        this.#arrivals.push({ at, bytes, request });
    }

    /** For how long there has been no request, in milliseconds; 0 while there is one. */
    quietFor() {
        return this.#open.size > 0 ? 0 : Date.now() - this.#changed;
    }

    /** The requests that the network was asked, and the bytes that came, until a time in milliseconds since 1970. */
    until(moment) {
        const end = moment / 1_000 - this.#offset;
        const requests = [...this.#requests.values()].filter(({ at, isAsked }) => isAsked && at <= end);
        const arrivals = this.#arrivals.filter(({ at, request }) => request.isAsked && at <= end);
        return { requests: requests.length, bytes: arrivals.reduce((sum, { bytes }) => sum + bytes, 0) };
    }
}
