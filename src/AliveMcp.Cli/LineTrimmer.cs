using System.Text;

namespace AliveMcp.Cli;

/// <summary>Passes text on without blanks at the ends of lines: columns leave them, files and diffs should not have them.</summary>
internal sealed class LineTrimmer(TextWriter output) : TextWriter
{
    private int _blanks;

    public override Encoding Encoding => output.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            _blanks++;
            return;
        }

        for (; _blanks > 0; _blanks--)
        {
            if (value is not ('\r' or '\n'))
            {
                output.Write(' ');
            }
        }

        output.Write(value);
    }

    public override void Flush() => output.Flush();
}
