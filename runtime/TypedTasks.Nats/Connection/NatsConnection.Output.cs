using TypedTasks.Shared;

namespace TypedTasks.Nats.Connection;

// Callers append to the front buffer; the writer swaps it with the back buffer and sends that.
internal sealed partial class NatsConnection
{
    // The writer goes on behind everything that waits for the thread pool already: so it finds what the callers append who were answered together with the one that wakes it,
    // and sends it with one call. At the head of the thread's own queue it sent nearly every frame by itself.
    private readonly WorkSignal _wake = new(static writer => ThreadPool.UnsafeQueueUserWorkItem(writer, preferLocal: false));
    private OutputBuffer _front = new();
    private OutputBuffer _back = new();
    private bool _writerSleeps;

    private void WakeWriter()
    {
        lock (_gate)
        {
            if (!_writerSleeps)
            {
                return;
            }

            _writerSleeps = false;
        }

        _wake.Set();
    }

    // Ends the connection itself where it cannot write any more: by the time that somebody else had heard of it there could be another one.
    private async Task WriteUntilEndAsync(Stream stream, uint epoch, CancellationToken cancellationToken)
    {
        try
        {
            await WriteLoopAsync(stream, epoch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Abort(error.Message);
        }
    }

    private async Task WriteLoopAsync(Stream stream, uint epoch, CancellationToken cancellationToken)
    {
        while (true)
        {
            bool hasWork;
            lock (_gate)
            {
                if (_epoch != epoch || cancellationToken.IsCancellationRequested)
                {
                    return;
                }

                hasWork = _front.Length > 0;
                if (hasWork)
                {
                    (_front, _back) = (_back, _front);
                }
                else
                {
                    _writerSleeps = true;
                }
            }

            if (hasWork)
            {
                await stream.WriteAsync(_back.Written, cancellationToken).ConfigureAwait(false);
                _back.Clear();
            }
            else
            {
                await _wake.WaitAsync().ConfigureAwait(false);
            }
        }
    }
}
