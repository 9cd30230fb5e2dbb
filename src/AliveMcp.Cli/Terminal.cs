using System.Text;
using Spectre.Console;

namespace AliveMcp.Cli;

/// <summary>Where a command writes, and how richly it may.</summary>
internal sealed class Terminal
{
    /// <summary>Wide enough that nothing which goes to a file or a pipe is ever wrapped.</summary>
    private const int NeverWrap = 10_000;

    private Terminal(TextWriter output, bool isRich, int width, TimeProvider time)
    {
        Out = output;
        IsRich = isRich;
        Time = time;
        Console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = isRich ? AnsiSupport.Detect : AnsiSupport.No,
                ColorSystem = isRich ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
                Interactive = isRich ? InteractionSupport.Detect : InteractionSupport.No,
                Out = new AnsiConsoleOutput(isRich ? output : new LineTrimmer(output)),
            }
        );
        Console.Profile.Width = width;
    }

    /// <summary>Standard input, for a file named <c>-</c>.</summary>
    public required TextReader In { get; init; }

    /// <summary>For what a program reads: JSON, help.</summary>
    public TextWriter Out { get; }

    /// <summary>For what went wrong with the call itself.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>For what people read. Text from outside goes in as <c>Text</c> or through <c>Markup.Escape</c>, never as markup.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Colours and movement are allowed: a terminal, and nobody set NO_COLOR.</summary>
    public bool IsRich { get; }

    public TimeProvider Time { get; }

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess()
    {
        System.Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var isTerminal = !System.Console.IsOutputRedirected;
        var isRich =
            isTerminal
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        var width = isTerminal ? Math.Max(System.Console.WindowWidth, 40) : NeverWrap;
        return new Terminal(System.Console.Out, isRich, width, TimeProvider.System)
        {
            In = System.Console.In,
            Error = System.Console.Error,
        };
    }

    /// <summary>A terminal that only remembers: plain text, never wrapped.</summary>
    public static Terminal Into(TextWriter output, TextWriter error, TimeProvider time, TextReader? input = null) =>
        new(output, isRich: false, NeverWrap, time) { In = input ?? TextReader.Null, Error = error };
}
