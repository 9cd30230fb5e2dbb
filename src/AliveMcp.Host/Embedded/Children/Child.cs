using System.Diagnostics;
using System.Globalization;
using AliveMcp.Hosting.Children;

namespace AliveMcp.Host.Embedded.Children;

/// <summary>One run of one program.</summary>
internal sealed class Child : IDisposable
{
    private readonly ChildOrder _order;
    private readonly Process _process;
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Child(ChildOrder order, Process process)
    {
        _order = order;
        _process = process;
        // Not WaitForExitAsync: that also waits for the pipes, which a program's own children may hold open for longer.
        process.Exited += (_, _) => _exited.TrySetResult();
        process.EnableRaisingEvents = true;
    }

    public string Name => _order.Name;

    public int Pid => _process.Id;

    /// <summary>Completes when the program has ended, for whatever reason.</summary>
    public Task Exited => _exited.Task;

    /// <summary>Only once <see cref="Exited"/> has completed.</summary>
    public int ExitCode => _process.ExitCode;

    public static async Task<Child> StartAsync(ChildOrder order, ChildLog log)
    {
        var process = await ChildThread.StartAsync(order.ToStartInfo());
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                log.Write(text);
                order.Heard?.Invoke(text);
            }
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                log.Write(text);
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (order.PidFile is { } path)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, process.Id.ToString(CultureInfo.InvariantCulture) + "\n");
        }

        return new Child(order, process);
    }

    /// <summary>Closes its standard input, asks it to end, and kills it when it does not.</summary>
    public async Task StopAsync(TimeProvider time)
    {
        if (!Exited.IsCompleted)
        {
            CloseInput();
            PosixSignals.Send(Pid, _order.StopSignal);
            try
            {
                await Exited.WaitAsync(_order.Grace, time);
            }
            catch (TimeoutException)
            {
                PosixSignals.Send(Pid, PosixSignals.Kill);
                await Exited;
            }
        }

        if (_order.PidFile is { } path)
        {
            File.Delete(path);
        }
    }

    public void Dispose() => _process.Dispose();

    private void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The other end is gone already.
        }
    }
}
