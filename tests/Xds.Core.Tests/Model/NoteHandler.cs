using System.Runtime.CompilerServices;

namespace Stagedoor.Xds.Tests.Model;

/// <summary>Makes a text of an interpolated string only if a run is traced.</summary>
[InterpolatedStringHandler]
internal ref struct NoteHandler
{
    private DefaultInterpolatedStringHandler _text;

    public NoteHandler(int literals, int holes, ModelRun run, out bool isEnabled)
    {
        isEnabled = run.IsTraced;
        if (isEnabled) _text = new DefaultInterpolatedStringHandler(literals, holes);
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public override string ToString() => _text.ToStringAndClear();
}
