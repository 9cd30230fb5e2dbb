namespace AliveMcp.Hosting.Start;

/// <summary>Runs an executable so that a start that fails for a known reason ends in plain sentences on standard error, never in a stack.</summary>
public static class Launch
{
    /// <summary>Exit code of sysexits.h for wrong settings.</summary>
    public const int BadSettings = 78;

    /// <summary>Exit code of sysexits.h for something needed that is not there.</summary>
    public const int Unavailable = 69;

    /// <summary>Runs the program and gives its exit code; what it does not expect is our own fault and keeps its stack.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        try
        {
            return await program();
        }
        catch (StartRefusedException refused)
        {
            await TellAsync(refused.Problems.Select(problem => problem.Message));
            return refused.ExitCode;
        }
        catch (Exception failure) when (StartFaults.Of(failure) is { } faults)
        {
            await TellAsync(faults);
            return BadSettings;
        }
        catch (OperationCanceledException)
        {
            // Stopped by its user before it had started.
            return 130;
        }
    }

    private static async Task TellAsync(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        if (all.Count > 1)
        {
            await Console.Error.WriteLineAsync($"alivemcp: cannot start, {all.Count} things are wrong:");
        }

        foreach (var fault in all)
        {
            await Console.Error.WriteLineAsync(all.Count > 1 ? $"  - {fault}" : $"alivemcp: {fault}");
        }
    }
}
