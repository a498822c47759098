// Words of the page, Vietnamese first, and the language now chosen.

export type Language = 'vi' | 'en';

export interface Text {
    vi: string;
    en: string;
}

const words = {
    title: { vi: 'Bản đồ chồng lấn', en: 'Overlap map' },
    tab_layers: { vi: 'Lớp bản đồ', en: 'Layers' },
    tab_check: { vi: 'Kiểm tra dự án', en: 'Check a project' },
    tab_here: { vi: 'Tại điểm', en: 'What is here' },
    switch_language: { vi: 'English', en: 'Tiếng Việt' },
    search: { vi: 'Tìm xã, địa danh, tọa độ, tờ … thửa …', en: 'Commune, place, coordinates, sheet and parcel' },
    search_none: { vi: 'Không tìm thấy', en: 'Nothing found' },
    formerly: { vi: 'trước là {name}', en: 'formerly {name}' },
    search_busy: { vi: 'Đang tìm…', en: 'Searching…' },
    parcel_number: { vi: 'Tờ {sheet}, thửa {parcel}', en: 'Sheet {sheet}, parcel {parcel}' },
    swapped_axes: { vi: 'X/Y đảo', en: 'X/Y swapped' },
    panel: { vi: 'Ẩn hoặc hiện bảng', en: 'Show or hide the panel' },
    zoom_in: { vi: 'Phóng to', en: 'Zoom in' },
    zoom_out: { vi: 'Thu nhỏ', en: 'Zoom out' },
    map: { vi: 'Bản đồ', en: 'Map' },

    layers_hint: {
        vi: 'Lớp ở trên che lớp ở dưới. Bấm vào bản đồ để xem tại điểm đó có gì.',
        en: 'A layer covers those below it. Click the map to see what is there.',
    },
    layers_none: { vi: 'Chưa có lớp nào được công bố.', en: 'No layer has been published.' },
    move_up: { vi: 'Đưa lên trên', en: 'Move up' },
    move_down: { vi: 'Đưa xuống dưới', en: 'Move down' },
    zoom_to: { vi: 'Phóng tới', en: 'Zoom to' },
    opacity: { vi: 'Độ đậm', en: 'Opacity' },
    features: { vi: '{n} đối tượng', en: 'features: {n}' },
    version: { vi: 'bản {n}', en: 'version {n}' },
    stale: { vi: 'nguồn đã có bản mới hơn', en: 'a source has a newer version' },
    valid_from: { vi: 'từ {date}', en: 'from {date}' },
    valid_to: { vi: 'đến {date}', en: 'to {date}' },
    zoom_closer: { vi: 'phóng to để thấy', en: 'zoom in to see' },
    sources: { vi: 'Nguồn dữ liệu', en: 'Data sources' },
    basemap_source: {
        vi: 'Bản đồ nền: Natural Earth; © OpenStreetMap contributors (ODbL); tên xã theo lớp hành chính',
        en: 'Base map: Natural Earth; © OpenStreetMap contributors (ODbL); commune names from the administrative layer',
    },
    land_use_sample: { vi: 'Loại đất theo mã', en: 'Land use by code' },

    check_hint: {
        vi: 'Vẽ vùng trên bản đồ, dán bảng tọa độ góc, hoặc thả tệp GeoJSON, CSV, TXT vào đây.',
        en: 'Draw an area on the map, paste a corner table, or drop a GeoJSON, CSV or TXT file here.',
    },
    draw: { vi: 'Vẽ vùng', en: 'Draw an area' },
    draw_help: {
        vi: 'Bấm để thêm đỉnh; bấm đúp hoặc Enter để xong; Esc để huỷ; Backspace bỏ đỉnh cuối. Bàn phím: phím mũi tên dời bản đồ, phím cách thêm đỉnh tại tâm.',
        en: 'Click adds a corner; double-click or Enter finishes; Esc cancels; Backspace removes the last. Keyboard: arrows move the map, Space adds a corner at its centre.',
    },
    draw_corner: { vi: 'Thêm đỉnh tại tâm', en: 'Corner at the centre' },
    draw_undo: { vi: 'Bỏ đỉnh cuối', en: 'Undo' },
    draw_finish: { vi: 'Xong', en: 'Finish' },
    draw_cancel: { vi: 'Huỷ', en: 'Cancel' },
    draw_count: { vi: '{n} đỉnh', en: '{n} corners' },
    paste: { vi: 'Bảng tọa độ góc (số hiệu điểm, X, Y)', en: 'Corner table (point, X, Y)' },
    paste_rows: { vi: '{n} dòng có tọa độ', en: '{n} rows with coordinates' },
    paste_geojson: { vi: 'GeoJSON', en: 'GeoJSON' },
    crs: { vi: 'Hệ tọa độ', en: 'Coordinate system' },
    crs_auto: { vi: 'Tự nhận biết', en: 'Detect' },
    inner_ring: { vi: 'Vòng nằm trong vòng khác', en: 'A ring inside another ring' },
    inner_choose: { vi: '— chọn —', en: '— choose —' },
    inner_hole: { vi: 'là lỗ, trừ đi', en: 'is a hole, subtract it' },
    inner_part: { vi: 'là một vùng riêng', en: 'is an area of its own' },
    inner_ignore: { vi: 'bỏ qua', en: 'ignore it' },
    at_date: { vi: 'Xét tại ngày', en: 'As at' },
    near: { vi: 'Tìm cả vùng gần hơn (m)', en: 'Also within (m)' },
    check: { vi: 'Kiểm tra', en: 'Check' },
    choose_file: { vi: 'Chọn tệp…', en: 'Choose a file…' },
    file_unknown: {
        vi: 'Trang này đọc GeoJSON, CSV và TXT. Với {name}, dùng lệnh `ranh check`.',
        en: 'This page reads GeoJSON, CSV and TXT. For {name} use the command `ranh check`.',
    },
    file_broken: { vi: '{name} không phải GeoJSON hợp lệ.', en: '{name} is not valid GeoJSON.' },
    paste_empty: { vi: 'Chưa có dòng tọa độ nào.', en: 'There is no row with coordinates.' },
    busy: { vi: 'Đang tính…', en: 'Measuring…' },
    failed: { vi: 'Không thực hiện được', en: 'Could not be done' },
    choose_crs: { vi: 'Chọn hệ tọa độ:', en: 'Choose the system:' },
    no_server: { vi: 'Không liên lạc được với máy chủ.', en: 'The server cannot be reached.' },
    retry: { vi: 'Thử lại', en: 'Try again' },
    no_webgl: {
        vi: 'Trình duyệt này không vẽ được bản đồ (thiếu WebGL 2). Bảng kiểm tra vẫn dùng được.',
        en: 'This browser cannot draw the map (no WebGL 2). The check panel still works.',
    },

    result: { vi: 'Kết quả', en: 'Result' },
    result_of: { vi: 'Chồng lấn của {name}', en: 'Overlaps of {name}' },
    clear: { vi: 'Xoá', en: 'Clear' },
    download_csv: { vi: 'Tải CSV', en: 'Download CSV' },
    zoom_result: { vi: 'Phóng tới kết quả', en: 'Zoom to result' },
    project: { vi: 'Dự án', en: 'Project' },
    area_ellipsoid: { vi: 'Diện tích trên ellipsoid', en: 'Area on the ellipsoid' },
    area_planar: { vi: 'Diện tích phẳng ({crs})', en: 'Planar area ({crs})' },
    declared: { vi: 'được khai báo', en: 'declared' },
    found: { vi: 'tự nhận biết', en: 'detected' },
    truncated: { vi: 'Kết quả đã bị cắt bớt vì quá dài.', en: 'The result was cut because it is too long.' },
    col_object: { vi: 'Đối tượng', en: 'Feature' },
    col_unit: { vi: 'Đơn vị hành chính', en: 'Administrative unit' },
    col_area: { vi: 'Diện tích', en: 'Area' },
    col_share: { vi: 'Tỷ lệ', en: 'Share' },
    share_project: { vi: 'dự án', en: 'project' },
    share_chosen: { vi: 'đã chọn', en: 'chosen' },
    share_feature: { vi: 'đối tượng', en: 'feature' },
    total_sum: { vi: 'Cộng các dòng', en: 'Sum of rows' },
    total_union: { vi: 'Không tính trùng', en: 'Without double counting' },
    show_all: { vi: 'Hiện cả {n} dòng', en: 'Show all {n} rows' },
    no_overlap: { vi: 'Không có chồng lấn với các lớp đã nạp.', en: 'No overlap with the loaded layers.' },
    as_at: { vi: 'Xét tại ngày {at}; dữ liệu biết đến {known}', en: 'As at {at}; data known at {known}' },
    versions_used: { vi: 'Các bản dữ liệu đã dùng', en: 'Data versions used' },
    method: { vi: 'Cách tính', en: 'Method' },
    decision: { vi: 'Văn bản: {text}', en: 'Decision: {text}' },

    here_hint: { vi: 'Bấm vào bản đồ để xem tại điểm đó có gì.', en: 'Click the map to see what is there.' },
    here_none: { vi: 'Không có đối tượng nào chứa điểm này.', en: 'No feature contains this point.' },
    here_contains: { vi: 'Các đối tượng chứa điểm này', en: 'Features containing this point' },
    what_overlaps: { vi: 'Chồng lấn với gì?', en: 'What overlaps it?' },
    attributes: { vi: 'Thuộc tính', en: 'Attributes' },

    concl_plan: { vi: 'Vướng quy hoạch: {list}.', en: 'Meets a plan in force: {list}.' },
    concl_draft: {
        vi: 'Chồng lấn với vùng dự thảo, chưa ký: {list}. Chưa đủ căn cứ để kết luận.',
        en: 'Overlaps draft, unsigned areas: {list}. Not enough basis to conclude.',
    },
    concl_unknown: {
        vi: 'Chồng lấn với lớp chưa rõ hiệu lực: {list}. Chưa đủ căn cứ để kết luận.',
        en: 'Overlaps layers of unknown status: {list}. Not enough basis to conclude.',
    },
    concl_other: { vi: 'Chồng lấn: {list}.', en: 'Overlaps: {list}.' },
    concl_sliver: { vi: 'Giáp ranh, trong sai số: {list}.', en: 'Adjacent, within tolerance: {list}.' },
    concl_more: { vi: 'và {n} đối tượng khác', en: 'and {n} more' },
    concl_close: {
        vi: 'Cần cơ quan có thẩm quyền xác nhận.',
        en: 'To be confirmed by the competent authority.',
    },

    readout_system: { vi: 'Hệ tọa độ của con trỏ', en: 'System of the cursor position' },
    north: { vi: 'X (Bắc)', en: 'X (north)' },
    east: { vi: 'Y (Đông)', en: 'Y (east)' },
    lat: { vi: 'Vĩ độ', en: 'Lat' },
    lon: { vi: 'Kinh độ', en: 'Lon' },
} satisfies Record<string, Text>;

export type Word = keyof typeof words;

let chosen: Language = 'vi';
const listeners: Array<() => void> = [];

export function language(): Language {
    return chosen;
}

/// Switches the page; every listener draws its part again.
export function choose_language(next: Language): void {
    if (next === chosen) {
        return;
    }
    chosen = next;
    listeners.forEach((each) => each());
}

export function on_language(listener: () => void): void {
    listeners.push(listener);
}

export function pick(text: Text): string {
    return text[chosen];
}

/// The word in the chosen language, its {placeholders} filled.
export function t(word: Word, values: Record<string, string | number> = {}): string {
    return words[word][chosen].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
