using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using AliveMcp.Egress;
using AliveMcp.Prober.Fitness;
using AliveMcp.Probing;
using AliveMcp.Probing.Evidence;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Configuration;

namespace AliveMcp.Prober.Cell;

/// <summary>The executable as a cell: it knows no desk and no token, only orders on its input and whom it may dial.</summary>
internal static class CellProgram
{
    /// <summary>The argument that makes a cell of the executable.</summary>
    public const string Word = "cell";

    /// <summary>The supervisor's process id.</summary>
    public const string Parent = "Cell__Parent";

    /// <summary>Mebibytes of memory that are too many.</summary>
    public const string Memory = "Cell__Memory";

    /// <summary>Exit code: it ran out of memory.</summary>
    public const int OutOfMemory = 71;

    /// <summary>Exit code of sysexits.h for input that makes no sense.</summary>
    private const int BadInput = 65;

    public static int Run(IConfiguration configuration)
    {
        // Before the first socket.
        SocketThreads.Inline();
        if (!Confine(configuration))
        {
            return 0;
        }

        // The supervisor alone decides when a cell ends; a terminal or a service manager tells it, not us.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ignore);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ignore);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ignore);
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        try
        {
            new CellLoop(Probe(configuration, TimeProvider.System), input, output).Run();
            return 0;
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or JsonException)
        {
            return BadInput;
        }
    }

    private static bool Confine(IConfiguration configuration)
    {
        Confinement.CloseToOthers();
        Confinement.EndWhenOutOfMemory();
        if (Number(configuration["Cell:Memory"]) is { } mebibytes)
        {
            Confinement.LimitMemory(mebibytes);
        }

        return Number(configuration["Cell:Parent"]) is not { } parent || Confinement.DieWith(parent);
    }

    private static ProbeCall Probe(IConfiguration configuration, TimeProvider time)
    {
        var egress = ProberOptions.ReadEgress(
            configuration.GetSection("Egress"),
            configuration["Prober:SourceAddress"],
            []
        );
        var probe = new ServerProbe(new EgressGuard(egress), time) { Tokens = new AccessTokens(time) };
        var lag = new LoopLag(time);
        _ = lag.RunAsync(CancellationToken.None);
        // Whether our network works is the supervisor's to know: one look for all cells.
        var fit = new FitJudge(lag, new References([], time));
        return (order, heard, cancellationToken) =>
            TryAsync(order, fit, time, () => probe.ProbeAsync(order, TranscriptFor(heard), cancellationToken));
    }

    private static Transcript? TranscriptFor(Action<LookStep>? heard) =>
        heard is null ? null : new Transcript { Heard = heard };

    private static async Task<TryResult> TryAsync(
        ProbeOrder order,
        FitJudge fit,
        TimeProvider time,
        Func<Task<ProbeResult>> probe
    )
    {
        var began = time.GetTimestamp();
        var result = await probe();
        if (result.Contract is { Canonical.IsEmpty: false })
        {
            // Packing a list takes milliseconds, which the sockets of other probes need not wait for.
            await Task.Yield();
        }

        return fit.Judge(TryResult.Of(result, order), began);
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void Ignore(PosixSignalContext signal) => signal.Cancel = true;
}
