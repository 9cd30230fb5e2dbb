using Spectre.Console;

namespace AliveMcp.Cli.Up;

/// <summary>Starts the Host, shows what it finds, and sees to it that nothing is left running.</summary>
internal static class UpRun
{
    /// <summary>A prober finishes and posts what it holds before it ends.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(45);

    /// <summary>A first start takes seconds; one that hangs shall say so.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(120);

    public static async Task<int> RunAsync(UpOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        using var host = HostProcess.Start(options);
        try
        {
            return await WatchAsync(host, options, terminal, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Console.WriteLine("Stopping…");
            await host.StopAsync(StopPatience, terminal.Time);
            return ExitCodes.Fine;
        }
    }

    private static async Task<int> WatchAsync(
        HostProcess host,
        UpOptions options,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        terminal.Console.WriteLine($"Starting everything in {options.Home}");
        using var starting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        starting.CancelAfter(StartPatience);
        Uri? url;
        try
        {
            url = await host.ReadyAsync(terminal.Time, starting.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await terminal.Error.WriteLineAsync(
                $"alivemcp: not ready within {StartPatience.TotalSeconds:0} s. The log: {LogOf(options)}"
            );
            await host.StopAsync(StopPatience, terminal.Time);
            return ExitCodes.NotInTime;
        }

        if (url is null)
        {
            return await TellEndAsync(host, options, terminal);
        }

        return await ShowAsync(host, url, options, terminal, cancellationToken);
    }

    private static async Task<int> ShowAsync(
        HostProcess host,
        Uri url,
        UpOptions options,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        terminal.Console.WriteLine($"Open {url}");
        TellOwnerLink(url, options, terminal);
        if (options.Detach)
        {
            terminal.Console.WriteLine($"Running as process {host.Id}; stop it with: alivemcp down");
            return ExitCodes.Fine;
        }

        using var feed = new VerdictFeed(url, options.Home);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = new VerdictWatch(feed, url, terminal);
        var showing = options.ExitAfterFirstVerdict
            ? FirstVerdictsAsync(watch, new FirstVerdicts(feed, options.Home), terminal, ending.Token)
            : ForEverAsync(watch, ending.Token);
        if (await Task.WhenAny(showing, host.Exited) == showing)
        {
            var code = await showing;
            await host.StopAsync(StopPatience, terminal.Time);
            return code;
        }

        await ending.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return await TellEndAsync(host, options, terminal);
    }

    /// <summary>Until the install has an owner, whoever may read its files is shown how to become it.</summary>
    private static void TellOwnerLink(Uri url, UpOptions options, Terminal terminal)
    {
        var file = Path.Combine(options.Home, "run", "owner-link");
        if (File.Exists(file) && Uri.TryCreate(url, File.ReadAllText(file).Trim(), out var link))
        {
            terminal.Console.WriteLine("It has no owner yet. Become it by this link, once:");
            terminal.Console.WriteLine(link.AbsoluteUri);
        }
    }

    private static async Task<int> ForEverAsync(VerdictWatch watch, CancellationToken cancellationToken)
    {
        await watch.RunAsync(_ => Task.FromResult(false), cancellationToken);
        return ExitCodes.Fine;
    }

    private static async Task<int> FirstVerdictsAsync(
        VerdictWatch watch,
        FirstVerdicts first,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        using var atMost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        atMost.CancelAfter(FirstVerdicts.AtMost);
        try
        {
            await watch.RunAsync(verdicts => first.AreThereAsync(verdicts, atMost.Token), atMost.Token);
            terminal.Console.WriteLine("Every server has its first verdict, archived and readable. Stopping as asked.");
            return ExitCodes.Fine;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await terminal.Error.WriteLineAsync(
                $"alivemcp: no first verdict within {FirstVerdicts.AtMost.TotalSeconds:0} s: {watch.LastFault ?? string.Join("; ", first.Missing)}"
            );
            return ExitCodes.NotInTime;
        }
    }

    private static async Task<int> TellEndAsync(HostProcess host, UpOptions options, Terminal terminal)
    {
        await host.Exited;
        var faults = host.Faults;
        if (faults.Length > 0)
        {
            await terminal.Error.WriteLineAsync(faults);
        }
        else if (host.ExitCode != 0)
        {
            await terminal.Error.WriteLineAsync(
                $"alivemcp: the host ended with code {host.ExitCode}. Its log: {LogOf(options)}"
            );
        }

        return host.ExitCode;
    }

    private static string LogOf(UpOptions options) => Path.Combine(options.Home, "logs", "host.log");
}
