namespace AliveMcp.Host.Embedded.Children;

/// <summary>A program that does one thing and ends.</summary>
internal static class ShortCommand
{
    /// <exception cref="ChildFailedException">It ended with another code than 0; the message carries its last lines.</exception>
    public static async Task RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        using var output = new ChildLog(null);
        var code = await ExitCodeAsync(command, output, cancellationToken);
        if (code != 0)
        {
            throw new ChildFailedException(
                $"{string.Join(' ', command)} ended with code {code}. It said:\n{output.Tail()}"
            );
        }
    }

    public static async Task<bool> SucceedsAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        using var output = new ChildLog(null);
        return await ExitCodeAsync(command, output, cancellationToken) == 0;
    }

    private static async Task<int> ExitCodeAsync(
        IReadOnlyList<string> command,
        ChildLog output,
        CancellationToken cancellationToken
    )
    {
        var order = new ChildOrder { Name = command[0], Command = command };
        using var child = await Child.StartAsync(order, output);
        try
        {
            await child.Exited.WaitAsync(cancellationToken);
            return child.ExitCode;
        }
        finally
        {
            await child.StopAsync(TimeProvider.System);
        }
    }
}
