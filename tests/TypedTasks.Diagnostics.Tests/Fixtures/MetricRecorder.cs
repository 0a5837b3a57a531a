using System.Diagnostics.Metrics;

namespace TypedTasks.Diagnostics.Tests;

/// <summary>One measurement of TypedTasks.</summary>
internal sealed record Recorded(string Name, double Value, IReadOnlyDictionary<string, object?> Tags)
{
    internal string? this[string tag] => Tags.GetValueOrDefault(tag)?.ToString();
}

/// <summary>Listens to TypedTasks' metrics.</summary>
internal sealed class MetricRecorder : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<Recorded> _recorded = [];
    private readonly HashSet<string> _published = [];

    internal MetricRecorder(Func<Instrument, bool>? only = null)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == TypedTasksTelemetry.MeterName && only?.Invoke(instrument) != false)
            {
                lock (_recorded)
                {
                    _published.Add(instrument.Name);
                }

                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The instruments that exist.</summary>
    internal IReadOnlyCollection<string> Published
    {
        get
        {
            lock (_recorded)
            {
                return [.. _published];
            }
        }
    }

    internal IReadOnlyList<Recorded> Of(string name)
    {
        lock (_recorded)
        {
            return [.. _recorded.Where(recorded => recorded.Name == name)];
        }
    }

    /// <summary>Collects the observable instruments.</summary>
    internal void Collect() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var recorded = new Recorded(instrument.Name, value, new Dictionary<string, object?>(tags.ToArray()));
        lock (_recorded)
        {
            _recorded.Add(recorded);
        }
    }
}
