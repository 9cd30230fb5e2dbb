using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using AliveMcp.Hosting.Children;
using AliveMcp.Prober.Cell;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Supervisor;

/// <summary>One run of one cell, seen from outside. What it writes is believed to be an answer only as far as it is one.</summary>
internal sealed class CellProcess
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly CellRules _rules;
    private readonly CellUsage _usage;
    private readonly Lock _gate = new();
    private readonly OpenOrders _open;
    private readonly BlockingCollection<CellOrder> _outgoing = [];
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _began;
    private CellEnd _end;
    private long _cut;
    private int _orders;
    private long _bytes;
    private bool _late;

    private CellProcess(Process process, CellOwner owner, CellRules rules)
    {
        (_process, Owner, _rules) = (process, owner, rules);
        _usage = new CellUsage(process);
        _open = new OpenOrders(rules.WallClock, rules.Time);
        _began = _cut = rules.Time.GetTimestamp();
        Pid = process.Id;
        // Not WaitForExitAsync: that would also wait for pipes, which somebody else may hold open.
        process.Exited += (_, _) => _exited.TrySetResult();
        process.EnableRaisingEvents = true;
    }

    public CellOwner Owner { get; }

    public int Pid { get; }

    /// <summary>Completes when the process is gone and its last row is written.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Why it ended, or is about to.</summary>
    public CellEnd End
    {
        get
        {
            lock (_gate)
            {
                return _end;
            }
        }
    }

    public bool IsRunning => End == CellEnd.Runs;

    /// <summary>How long it has lived or did live.</summary>
    public TimeSpan Age => _rules.Time.GetElapsedTime(_began);

    /// <exception cref="System.ComponentModel.Win32Exception">It could not be started.</exception>
    public static async Task<CellProcess> StartAsync(CellOwner owner, CellRules rules)
    {
        var process = await ChildThread.StartAsync(rules.Program(rules.MemoryOf(owner)));
        var cell = new CellProcess(process, owner, rules);
        rules.Book.Begin(owner, cell.Pid);
        // Pipes have no asynchronous reads and writes, and a cell that is stopped blocks whoever writes to it.
        new Thread(cell.WriteOrders) { IsBackground = true, Name = "orders" }.Start();
        new Thread(cell.ReadAnswers) { IsBackground = true, Name = "answers" }.Start();
        return cell;
    }

    /// <summary>Has a try made.</summary>
    /// <returns>Null when the cell ended first and the order may be given to another one.</returns>
    public Task<TryResult?> ProbeAsync(ProbeOrder order, Action<LookStep>? heard = null)
    {
        lock (_gate)
        {
            if (_end != CellEnd.Runs)
            {
                return Task.FromResult<TryResult?>(null);
            }

            var (id, answer) = _open.Add(heard);
            _orders++;
            _outgoing.Add(new CellOrder(id, order, heard is not null));
            return answer;
        }
    }

    /// <summary>To be called every second or so: looks at what it costs, writes a row each minute, and ends it when it is overdue.</summary>
    public void Look()
    {
        _usage.Look();
        if (IsOverdue())
        {
            Kill(CellEnd.WallClock);
        }
        else if (_rules.Time.GetElapsedTime(_cut) >= CellRules.RowTime)
        {
            Cut(exitCode: null);
        }
    }

    public void Kill(CellEnd why)
    {
        lock (_gate)
        {
            if (_end != CellEnd.Runs)
            {
                return;
            }

            _end = why;
        }

        _usage.Look();
        KillProcess();
    }

    /// <summary>Closes its input, which ends it; kills it when that does not.</summary>
    public async Task StopAsync()
    {
        lock (_gate)
        {
            _end = _end == CellEnd.Runs ? CellEnd.Stopped : _end;
        }

        _usage.Look();
        _outgoing.CompleteAdding();
        try
        {
            await _exited.Task.WaitAsync(StopPatience, _rules.Time);
        }
        catch (TimeoutException)
        {
            KillProcess();
        }

        await Ended;
    }

    /// <summary>An order older than the wall clock, seen twice: between the two looks answers that had come already were read.</summary>
    private bool IsOverdue()
    {
        lock (_gate)
        {
            var wasLate = _late;
            _late = _open.HasOverdue();
            return wasLate && _late;
        }
    }

    private void WriteOrders()
    {
        try
        {
            using var frames = new FrameWriter(_process.StandardInput.BaseStream, FrameLimits.Orders);
            var batch = new List<CellOrder>(FrameLimits.Batch);
            foreach (var order in _outgoing.GetConsumingEnumerable())
            {
                batch.Add(order);
                while (batch.Count < FrameLimits.Batch && _outgoing.TryTake(out var next))
                {
                    batch.Add(next);
                }

                frames.Write(new CellOrders(batch), CellJson.Default.CellOrders);
                batch.Clear();
            }

            _process.StandardInput.Close();
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or InvalidOperationException)
        {
            // It is gone, which its output tells as well; or an order is too long to be carried out by anybody.
            Kill(CellEnd.Crashed);
        }
    }

    private void ReadAnswers()
    {
        try
        {
            var frames = new FrameReader(_process.StandardOutput.BaseStream, FrameLimits.Answers);
            while (frames.TryRead(out var frame))
            {
                Take(JsonSerializer.Deserialize(frame.Span, CellJson.Default.CellAnswers));
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException)
        {
            Kill(CellEnd.Garbage);
        }
        catch (IOException)
        {
            // Ended within a frame, as a killed one does.
        }

        _ = EndAsync();
    }

    private void KillProcess()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It is gone and forgotten.
        }
    }

    private void Take(CellAnswers? batch)
    {
        if (batch is not { V: CellOrders.Version })
        {
            throw new InvalidDataException("Answers of another version.");
        }

        foreach (var answer in batch.Answers)
        {
            lock (_gate)
            {
                if (!_open.TryAnswer(answer))
                {
                    throw new InvalidDataException("An answer to nothing that was asked.");
                }

                _bytes += answer.Result?.Observed.Bytes ?? 0;
            }
        }
    }

    private async Task EndAsync()
    {
        // It may have closed its output and live on; nothing it does can reach us any more.
        KillProcess();
        await _exited.Task;
        var exitCode = _process.ExitCode;
        lock (_gate)
        {
            _end =
                _end != CellEnd.Runs ? _end
                : exitCode == CellProgram.OutOfMemory ? CellEnd.OutOfMemory
                : CellEnd.Crashed;
        }

        _outgoing.CompleteAdding();
        Cut(exitCode);
        lock (_gate)
        {
            _open.Lose(blamesOverdue: _end == CellEnd.WallClock);
        }

        _process.Dispose();
        _ended.SetResult();
    }

    private void Cut(int? exitCode)
    {
        CellRow row;
        lock (_gate)
        {
            var (cpu, rss) = _usage.Cut();
            row = new CellRow
            {
                Owner = Owner,
                Pid = Pid,
                Orders = _orders,
                Open = _open.Count,
                Cpu = cpu,
                Rss = rss,
                Wall = _rules.Time.GetElapsedTime(_cut),
                Bytes = _bytes,
                End = _end,
                ExitCode = exitCode,
            };
            (_orders, _bytes, _cut) = (0, 0, _rules.Time.GetTimestamp());
        }

        if (row.Orders > 0 || exitCode is not null)
        {
            _rules.Book.Add(row);
        }
    }
}
