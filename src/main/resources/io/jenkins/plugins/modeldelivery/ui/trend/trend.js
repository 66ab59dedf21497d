/* Draws how a model's metrics went from version to version, from what the remote API says. */
(function () {
  "use strict";

  const COLOURS = ["--blue", "--orange", "--purple", "--green", "--pink", "--brown", "--cyan", "--indigo"];
  const CROSS = "path://M2,0L5,3L8,0L10,2L7,5L10,8L8,10L5,7L2,10L0,8L3,5L0,2Z";
  const MARKS = {
    failed: { name: "failed", symbol: CROSS, size: 12 },
    inconclusive: { name: "inconclusive", symbol: "diamond", size: 13, hollow: true },
    missing: { name: "no number", symbol: "rect", size: 9, lane: 0, hollow: true },
    PROMOTED: { name: "promoted", symbol: "path://M5,0L10,9L0,9Z", size: 11, lane: 1 },
    ROLLED_BACK: { name: "rolled back", symbol: "path://M0,0L10,0L5,9Z", size: 11, lane: 0.91 },
  };
  /** So that several bounds of one series are told apart without colour. */
  const DASHES = [[7, 4], [12, 4, 2, 4], [3, 3], [16, 5], [12, 4, 2, 4, 2, 4]];
  /** More points than these are not each given a symbol, and can be zoomed into. */
  const MANY = 80;

  function colour(name) {
    return getComputedStyle(document.body).getPropertyValue(name).trim();
  }

  function number(value) {
    return typeof value === "number" ? String(Number(value.toPrecision(6))) : "–";
  }

  function remembered(key) {
    try {
      const names = JSON.parse(localStorage.getItem(key));
      return Array.isArray(names) ? names : [];
    } catch (e) {
      return [];
    }
  }

  function remember(key, names) {
    try {
      localStorage.setItem(key, JSON.stringify(names));
    } catch (e) {
      // Where nothing may be stored, the choice holds for this page.
    }
  }

  /** By metric: which points are drawn in one chart, a list for each series. */
  function charts(trend) {
    const metrics = new Map();
    trend.series
      .filter((series) => series.shown)
      .forEach((series) => {
        const points = trend.versions.map(
          (version) => version.points.find((point) => point.series === series.name) || null,
        );
        const together = metrics.get(series.metric) || [];
        together.push({ name: series.name, points });
        metrics.set(series.metric, together);
      });
    return metrics;
  }

  function label(version) {
    return version.build === null ? version.version : version.version + "\n" + version.build;
  }

  function line(name, data, style, more) {
    return Object.assign(
      {
        name,
        type: "line",
        data,
        connectNulls: false,
        symbol: "none",
        lineStyle: style,
        itemStyle: { color: style.color },
        emphasis: { disabled: true },
        triggerLineEvent: false,
      },
      more,
    );
  }

  function boundLines(series, shade, prefix) {
    const lines = new Map();
    series.points.forEach((point, at) =>
      (point === null ? [] : point.bounds).forEach((bound) => {
        if (!lines.has(bound.line)) {
          lines.set(bound.line, new Array(series.points.length).fill(null));
        }
        lines.get(bound.line)[at] = bound.bound;
      }),
    );
    return Array.from(lines).map(([name, data], i) =>
      line(prefix + "bound: " + name, data, { color: shade, type: DASHES[i % DASHES.length], width: 1.5 }, { step: "middle" }),
    );
  }

  function marks(kind, data, neutral) {
    const mark = MARKS[kind];
    return {
      name: mark.name,
      type: "scatter",
      data,
      yAxisIndex: mark.lane === undefined ? 0 : 1,
      symbol: mark.symbol,
      symbolSize: mark.size,
      symbolKeepAspect: true,
      itemStyle: mark.hollow ? { color: "transparent", borderColor: neutral, borderWidth: 2 } : { color: neutral },
      emphasis: { disabled: true },
      z: 5,
    };
  }

  function markSeries(together, versions, neutral) {
    const found = { failed: [], inconclusive: [], missing: [], PROMOTED: [], ROLLED_BACK: [] };
    versions.forEach((version, at) => {
      together.forEach((series) => {
        const point = series.points[at];
        if (point !== null && point.value === null) {
          found.missing.push([at, MARKS.missing.lane]);
        } else if (point !== null && point.verdict === "FAILED") {
          found.failed.push([at, point.value]);
        } else if (point !== null && point.verdict === "INCONCLUSIVE") {
          found.inconclusive.push([at, point.value]);
        }
      });
      version.marks.forEach((mark) => found[mark.kind].push([at, MARKS[mark.kind].lane]));
    });
    return Object.entries(found)
      .filter(([, data]) => data.length > 0)
      .map(([kind, data]) => marks(kind, data, neutral));
  }

  function seriesOf(together, versions) {
    const few = versions.length <= MANY;
    const drawn = [];
    together.forEach((series, i) => {
      const shade = colour(COLOURS[i % COLOURS.length]);
      const prefix = together.length === 1 ? "" : series.name + " ";
      const firm = series.points.map((point) =>
        point === null || point.verdict === "INCONCLUSIVE" ? null : point.value,
      );
      drawn.push(
        line(
          series.name,
          firm,
          { color: shade, width: 2 },
          { symbol: "circle", symbolSize: few ? 7 : 3, showAllSymbol: true, z: 4 },
        ),
      );
      const baseline = series.points.map((point) => (point === null ? null : point.baseline));
      if (baseline.some((value) => value !== null)) {
        drawn.push(line(prefix + "baseline", baseline, { color: shade, type: "dotted", width: 2 }));
      }
      boundLines(series, shade, prefix).forEach((bound) => drawn.push(bound));
    });
    return drawn.concat(markSeries(together, versions, colour("--text-color")));
  }

  /** What the pointer is at, in words. Drawn on the canvas, so nothing of it is read as HTML. */
  function told(together, version, at) {
    const lines = ["version " + version.version + (version.build === null ? "" : ", build " + version.build)];
    together.forEach((series) => {
      const point = series.points[at];
      if (point !== null) {
        lines.push(series.name + " = " + number(point.value) + " · " + point.verdict.toLowerCase());
        if (point.baseline !== null) {
          lines.push("   baseline " + number(point.baseline));
        }
        point.bounds.forEach((bound) => lines.push("   " + bound.line + " " + number(bound.bound)));
      }
    });
    version.marks.forEach((mark) =>
      lines.push((mark.kind === "PROMOTED" ? "promoted to " : "rolled back from ") + mark.where),
    );
    return lines.map((text) => (text.length > 60 ? text.slice(0, 59) + "…" : text)).join("\n");
  }

  function options(together, versions) {
    const text = colour("--text-color");
    const faint = colour("--text-color-secondary") || text;
    const many = versions.length > MANY;
    const series = seriesOf(together, versions);
    return {
      animation: false,
      textStyle: { color: text },
      legend: {
        type: "scroll",
        data: series.map((one) => (one.symbol === "none" ? { name: one.name, itemStyle: { opacity: 0 } } : one.name)),
        top: 0,
        left: 0,
        right: 0,
        textStyle: { color: text, width: 220, overflow: "truncate" },
        pageTextStyle: { color: text },
        pageIconColor: text,
        pageIconInactiveColor: faint,
        itemWidth: 30,
        itemHeight: 11,
      },
      tooltip: {
        trigger: "axis",
        renderMode: "richText",
        confine: true,
        backgroundColor: colour("--background"),
        borderColor: faint,
        textStyle: { color: text, fontSize: 12 },
        formatter: (at) => told(together, versions[at[0].dataIndex], at[0].dataIndex),
        axisPointer: { type: "line", lineStyle: { color: faint } },
      },
      grid: { left: 8, right: 16, top: 40, bottom: many ? 44 : 8, containLabel: true },
      xAxis: {
        type: "category",
        data: versions.map(label),
        axisLabel: { color: text, hideOverlap: true, lineHeight: 15, width: 90, overflow: "truncate" },
        axisLine: { lineStyle: { color: faint } },
        axisTick: { alignWithLabel: true },
      },
      yAxis: [
        {
          type: "value",
          scale: true,
          boundaryGap: ["12%", "16%"],
          axisLabel: { color: text },
          splitLine: { lineStyle: { color: faint, opacity: 0.25 } },
        },
        { type: "value", min: 0, max: 1, show: false },
      ],
      dataZoom: many ? [{ type: "slider", height: 24, bottom: 4, textStyle: { color: text } }] : [],
      series,
    };
  }

  function draw(section, trend) {
    const title = section.querySelector(".model-trend__title a");
    if (title !== null) {
      title.textContent += ": " + trend.model;
    }
    const place = section.querySelector(".model-trend__charts");
    const all = charts(trend);
    all.forEach((together, metric) => {
      const heading = document.createElement("h3");
      heading.className = "model-trend__chart-title";
      heading.textContent = metric;
      const box = document.createElement("div");
      box.className = "model-trend__chart";
      box.setAttribute("role", "img");
      box.setAttribute(
        "aria-label",
        "Chart of " + metric + " over " + trend.versions.length + " versions; a table on the page of this chart has the same numbers.",
      );
      place.append(heading, box);
      const chart = echarts.init(box);
      const paint = () => chart.setOption(options(together, trend.versions), true);
      paint();
      chart.on("click", (at) => {
        const version = trend.versions[at.componentSubType === "scatter" ? at.value[0] : at.dataIndex];
        if (version && version.buildUrl !== null) {
          window.location.assign(section.dataset.root + version.buildUrl);
        }
      });
      new ResizeObserver(() => chart.resize()).observe(box);
      new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ["data-theme"] });
      window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
    });
  }

  function say(section, text) {
    const message = section.querySelector(".model-trend__message");
    message.textContent = text;
    message.hidden = text === "";
  }

  function key(section, model) {
    return "model-delivery.trend " + section.dataset.url + " " + model;
  }

  function fetched(section, query) {
    return fetch(section.dataset.url + "api/json?" + query).then((response) => {
      if (!response.ok) {
        throw new Error(String(response.status));
      }
      return response.json();
    });
  }

  /** On the job's page nobody has said what to show, so what is remembered is asked for once the model is known. */
  function remindedOf(section, trend) {
    const names = remembered(key(section, trend.registry + "/" + trend.model));
    const known = trend.series.filter((series) => names.includes(series.name));
    if (section.dataset.full || known.length === 0 || known.every((series) => series.shown)) {
      return Promise.resolve(trend);
    }
    const query = new URLSearchParams({ model: trend.model, registry: trend.registry });
    known.forEach((series) => query.append("series", series.name));
    return fetched(section, query);
  }

  function show(section) {
    fetched(section, section.dataset.full ? new URLSearchParams(window.location.search) : new URLSearchParams())
      .then((trend) => remindedOf(section, trend))
      .then((trend) => {
        if (trend.versions.length === 0) {
          say(section, "No gate of this job has judged a version yet.");
        } else {
          say(section, trend.versions.length === 1 ? "One version so far; a trend needs a second one." : "");
          draw(section, trend);
        }
      })
      .catch(() => say(section, "The chart cannot be drawn now. Load the page again to try once more."));
  }

  /** Without a word of what to show in the address, what is remembered is gone to. */
  function recall(form, section) {
    const query = new URLSearchParams(window.location.search);
    const names = remembered(key(section, form.dataset.model));
    const boxes = Array.from(form.querySelectorAll("input[name=series]"));
    const known = boxes.filter((box) => names.includes(box.value));
    if (query.has("series") || known.length === 0 || boxes.every((box) => box.checked === known.includes(box))) {
      return false;
    }
    query.set("model", form.elements.model.value);
    query.set("registry", form.elements.registry.value);
    known.forEach((box) => query.append("series", box.value));
    window.location.replace("?" + query);
    return true;
  }

  function start() {
    document.querySelectorAll(".model-trend").forEach((section) => {
      const form = section.dataset.full ? document.querySelector(".model-trend__choice") : null;
      if (form !== null) {
        if (recall(form, section)) {
          return;
        }
        form.addEventListener("submit", () =>
          remember(
            key(section, form.dataset.model),
            Array.from(form.querySelectorAll("input[name=series]:checked")).map((box) => box.value),
          ),
        );
      }
      show(section);
    });
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
