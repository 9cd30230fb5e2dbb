using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AliveMcp.Testing.Processes;

/// <summary>One of our executables running as a process of its own, with what it printed. Killed at the latest when disposed.</summary>
public sealed class ProgramUnderTest : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly SemaphoreSlim _printed = new(0);

    private ProgramUnderTest(Process process)
    {
        _process = process;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Everything printed so far, both streams.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Starts <c>AliveMcp.X.dll</c> as it was built beside the tests, in a clean environment plus <paramref name="environment"/>.</summary>
    public static ProgramUnderTest Start(
        string project,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string? folder = null
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        start.ArgumentList.Add(DllOf(project));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var program = new ProgramUnderTest(new Process { StartInfo = start });
        program._process.Start();
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        return program;
    }

    /// <summary>The built assembly of a project, of the same configuration as the tests.</summary>
    public static string DllOf(string project)
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal)
            ? "Release"
            : "Debug";
        return Path.Combine(Repository(), "src", project, "bin", configuration, "net10.0", project + ".dll");
    }

    /// <summary>The root of the working tree.</summary>
    public static string Repository([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));

    /// <summary>Waits until a printed line contains the words; fails with all output when the program ends or the time is up.</summary>
    public async Task WaitForLineAsync(string words, TimeSpan atMost)
    {
        using var timeout = new CancellationTokenSource(atMost);
        while (!_lines.Any(line => line.Contains(words, StringComparison.Ordinal)))
        {
            if (_process.HasExited && _printed.CurrentCount == 0)
            {
                throw new InvalidOperationException(
                    $"It ended (exit code {_process.ExitCode}) without saying '{words}':\n{Output}"
                );
            }

            await WaitForAnotherLineAsync(words, timeout.Token);
        }
    }

    /// <summary>Ends its standard input, as a parent does that goes away.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for its own end.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan atMost)
    {
        using var timeout = new CancellationTokenSource(atMost);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"Still running after {atMost}:\n{Output}", late);
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        _printed.Dispose();
    }

    private static bool IsOurs(string name) =>
        name.StartsWith("ALIVEMCP_", StringComparison.Ordinal)
        || name.StartsWith("ConnectionStrings__", StringComparison.Ordinal);

    private async Task WaitForAnotherLineAsync(string words, CancellationToken timeout)
    {
        try
        {
            // A program that ends prints no more lines: look at it twice a second even in silence.
            await _printed.WaitAsync(TimeSpan.FromMilliseconds(500), timeout);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"It did not say '{words}' in time:\n{Output}", late);
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
        {
            return;
        }

        _lines.Enqueue(line.Data);
        _printed.Release();
    }
}
