namespace AliveMcp.Prober.Supervisor;

/// <summary>Has one cell for one owner at hand: started when it is first needed, and again when it ended, sooner or later by how long it had lived.</summary>
internal sealed class CellKeeper(CellOwner owner, CellRules rules, Action<CellProcess>? ended = null)
{
    /// <summary>A cell that lived this long failed for a new reason: its back-off begins anew.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1);
    private volatile CellProcess? _cell;
    private volatile bool _closed;
    private TimeSpan _backOff;

    /// <summary>The present run; null before the first and after the last.</summary>
    public CellProcess? Present => _cell is { IsRunning: true } cell ? cell : null;

    /// <exception cref="System.ComponentModel.Win32Exception">It could not be started.</exception>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public async ValueTask<CellProcess> GetAsync(CancellationToken cancellationToken)
    {
        if (Present is { } present)
        {
            return present;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return Present ?? await StartAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Looks at what runs, if anything does.</summary>
    public void Look() => Present?.Look();

    /// <summary>Ends what runs; nothing is started any more.</summary>
    public void Kill(CellEnd why)
    {
        _closed = true;
        _cell?.Kill(why);
    }

    /// <summary>Lets what runs end; nothing is started any more.</summary>
    public async Task StopAsync()
    {
        _closed = true;
        if (_cell is { } cell)
        {
            await cell.StopAsync();
        }
    }

    private async Task<CellProcess> StartAsync(CancellationToken cancellationToken)
    {
        await RestAsync(cancellationToken);
        ObjectDisposedException.ThrowIf(_closed, this);
        // Counts as a short life until it is known to be a long one.
        _backOff = Longer(_backOff);
        var cell = await CellProcess.StartAsync(owner, rules);
        _cell = cell;
        if (_closed)
        {
            cell.Kill(CellEnd.Stopped);
        }

        _ = WatchAsync(cell);
        return cell;
    }

    private async Task RestAsync(CancellationToken cancellationToken)
    {
        if (_backOff > TimeSpan.Zero)
        {
            await Task.Delay(_backOff, rules.Time, cancellationToken);
        }
    }

    private async Task WatchAsync(CellProcess cell)
    {
        await cell.Ended;
        if (cell.Age > Settled)
        {
            _backOff = TimeSpan.Zero;
        }

        ended?.Invoke(cell);
    }

    private static TimeSpan Longer(TimeSpan backOff) =>
        backOff == TimeSpan.Zero ? FirstBackOff
        : backOff * 2 < LongestBackOff ? backOff * 2
        : LongestBackOff;
}
